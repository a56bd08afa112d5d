import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { escaped, page, sendHtml } from '../http/pages/html-page';
import { pageProblem } from '../problems/page-problem';
import { LOGGER } from '@sinkron/config';
import type { Logger } from 'pino';

const again = 'Isian belum lengkap. Buka lagi tautannya, isi semua yang diminta, lalu tekan tombolnya.';

/** Whoever opened a link reads a sentence instead of a problem document. */
@Catch()
export class EscalationPageFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { reply, status, text } = pageProblem(error, host, this.logger, again);
    const box = `<div class="box problem" role="alert"><p>${escaped(text)}</p></div>`;
    sendHtml(reply, status, page('Sinkron', box));
  }
}
