import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { preferredLanguage } from '@sinkron/observability';
import type { FastifyRequest } from 'fastify';

/** The language in which this caller reads, as a parameter of a handler. */
export const CallersLanguage = createParamDecorator((_: unknown, context: ExecutionContext): 'id' | 'en' =>
  preferredLanguage(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);

export type Language = 'id' | 'en';
