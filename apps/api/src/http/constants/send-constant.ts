import { namesTag } from './accepted';
import type { Constant } from './constant';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A new release may change any of them: readers ask again after five minutes, as a rule to hear "not modified". */
const caching = 'public, max-age=300, must-revalidate';

/** Answers with a constant, compressed as the caller takes it; or with 304 to whoever has it already. */
export async function sendConstant(
  request: FastifyRequest,
  reply: FastifyReply,
  constant: Constant,
): Promise<FastifyReply> {
  const { encoding, tag, bytes } = await constant.variant(acceptedBy(request));
  const vary = reply.getHeader('vary');
  void reply.headers({
    'cache-control': caching,
    etag: tag,
    vary: vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`,
  });
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply.type(constant.type).send(bytes);
}

function acceptedBy({ headers }: FastifyRequest): string | undefined {
  const header = headers['accept-encoding'];
  return Array.isArray(header) ? header.join(',') : header;
}
