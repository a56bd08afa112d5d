import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { withCorrelation } from '@sinkron/observability';
import { LOGGER } from '@sinkron/queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { escaped, page, sendHtml } from '../http/page';
import { problemOf } from '../problems/problem-of';

/** For the document: a page for people. */
export const htmlAnswer = {
  description: 'The page, in Indonesian',
  content: { 'text/html': { schema: { type: 'string' } } },
};

const again = 'Isian belum lengkap. Buka lagi tautannya, isi semua yang diminta, lalu tekan tombolnya.';

/** Whoever came by a link reads a sentence, not a problem document. */
@Catch()
export class EscalationPageFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, detail, retryAfter } = problemOf(error);
    const route = request.routeOptions.url;
    if (status >= 500)
      withCorrelation(request.id, () => this.logger.error({ err: error, route, status }, 'page failed'));
    if (retryAfter !== undefined) void reply.header('retry-after', Math.ceil(retryAfter));
    const box = `<div class="box problem" role="alert"><p>${escaped(status === 422 ? again : detail.id)}</p></div>`;
    sendHtml(reply, status, page('Sinkron', box));
  }
}
