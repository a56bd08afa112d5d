import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { problemOf } from './problem-of';
import { sendProblem } from './send-problem';
import { withCorrelation } from '@sinkron/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** Whatever goes wrong in a request ends here, as a problem document; what nobody foresaw is logged with its stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.note(error, problem.status, request);
    if (reply.sent) return;
    sendProblem(problem, request, reply);
  }

  private note(error: unknown, status: number, request: FastifyRequest): void {
    const fields = { err: error, method: request.method, route: request.routeOptions.url, status };
    withCorrelation(request.id, () => {
      if (status === 500) this.logger.error(fields, 'request failed');
      else this.logger.warn(fields, 'request could not be served');
    });
  }
}
