import type { ArgumentsHost } from '@nestjs/common';
import { problemOf } from './problem-of';
import { withCorrelation } from '@sinkron/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** A failure as a page tells it: in a sentence. */
export interface PageProblem {
  reply: FastifyReply;
  status: number;
  /** Plain text, in Indonesian. */
  text: string;
}

/**
 * Logs what is our own fault, and says in a header how long to wait.
 * @param fillIn what to say when the form was not filled in well
 */
export function pageProblem(
  error: unknown,
  host: ArgumentsHost,
  logger: Logger,
  fillIn: string,
): PageProblem {
  const request = host.switchToHttp().getRequest<FastifyRequest>();
  const reply = host.switchToHttp().getResponse<FastifyReply>();
  const { status, detail, retryAfter } = problemOf(error);
  const route = request.routeOptions.url;
  if (status >= 500)
    withCorrelation(request.id, () => logger.error({ err: error, route, status }, 'page failed'));
  if (retryAfter !== undefined) void reply.header('retry-after', Math.ceil(retryAfter));
  return { reply, status, text: status === 422 ? fillIn : detail.id };
}
