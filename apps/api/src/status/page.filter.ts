import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { withCorrelation } from '@sinkron/observability';
import { LOGGER } from '@sinkron/queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemOf } from '../problems/problem-of';
import { sendPage } from './send-page';

const fillIn = 'Isi kode laporan dan tanggal lahir, lalu tekan Cek.';

/** Whoever looks at a page reads a sentence, not a problem document. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, detail, retryAfter } = problemOf(error);
    if (status >= 500) {
      withCorrelation(request.id, () =>
        this.logger.error({ err: error, route: '/cek', status }, 'page failed'),
      );
    }
    if (retryAfter !== undefined) void reply.header('retry-after', Math.ceil(retryAfter));
    sendPage(reply, status, { kind: 'problem', text: status === 422 ? fillIn : detail.id });
  }
}
