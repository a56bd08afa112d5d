import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { ApiResponse, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';

const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .describe('RFC 9457. It names fields and what they must be, never a value.');
type Problem = z.output<typeof problem>;

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** Documents an answer of this status as a problem. */
export function ApiProblem(status: 403 | 404 | 422): MethodDecorator & ClassDecorator {
  const schema = z.toJSONSchema(problem, { target: 'openapi-3.0' }) as SchemaObject;
  const content = { 'application/problem+json': { schema } };
  return ApiResponse({ status, description: STATUS_CODES[status]!, content });
}

/** A 422 that names every field that is wrong, and what it must be. */
export function unprocessable(
  issues: readonly { path?: readonly unknown[] | undefined; message: string }[],
): HttpException {
  const errors = issues.map(({ path = [], message }) => ({ field: path.map(nameOf).join('.'), message }));
  return new HttpException({ errors }, 422);
}

/** @throws HttpException 422 when `value` does not fit; for what Nest's pipe does not reach, such as headers */
export function must<Schema extends z.ZodType>(
  field: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw unprocessable(result.error.issues.map(({ message }) => ({ path: [field], message })));
}

/** Answers every failure as a problem. Of the driver's errors only the code is logged: their text may hold data. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const status = statusOf(error);
    if (status >= 500) this.log.error({ reason: reasonOf(error) }, 'a request failed');
    const detail =
      error instanceof HttpException ? (error.getResponse() as { errors?: Problem['errors'] }) : {};
    const body: Problem = {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      ...(detail.errors && { errors: detail.errors }),
    };
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.code(status).type('application/problem+json').send(JSON.stringify(body));
  }
}

/** Fastify's own errors (broken JSON, a body too large) carry the status that they mean. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? String(error.code) : error.name;
}

function nameOf(segment: unknown): string {
  return String(typeof segment === 'object' && segment && 'key' in segment ? segment.key : segment);
}
