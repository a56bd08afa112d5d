import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { pageProblem } from '../problems/page-problem';
import { sendPage } from './send-page';
import { LOGGER } from '@sinkron/config';
import type { Logger } from 'pino';

const fillIn = 'Isi kode laporan dan tanggal lahir, lalu tekan Cek.';

/** Shows a failure on the page as a sentence instead of a problem document. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { reply, status, text } = pageProblem(error, host, this.logger, fillIn);
    sendPage(reply, status, { kind: 'problem', text });
  }
}
