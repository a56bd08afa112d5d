import { problemOf } from './problem-of';
import { preferredLanguage, type Problem, problemDocument } from '@sinkron/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const problemType = 'application/problem+json; charset=utf-8';

/** Answers with a problem document in the caller's language. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const language = preferredLanguage(request.headers['accept-language']);
  void reply.code(problem.status).headers({
    'content-type': problemType,
    'content-language': language,
    vary: 'accept-language',
    'cache-control': 'no-store',
    'x-correlation-id': request.id,
  });
  if (problem.retryAfter !== undefined) void reply.header('retry-after', Math.ceil(problem.retryAfter));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.send(JSON.stringify(problemDocument(problem, language, request.id)));
}

/** Fastify refuses an address that it cannot decode before any hook, guard or filter sees the request. */
export function refuseAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(problemOf(error), request, reply);
}
