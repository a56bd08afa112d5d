import type { Socket } from 'node:net';
import { problemType } from './send-problem';
import { correlationId, Problem, problemDocument } from '@sinkron/observability';

/**
 * Node could not read a request at all (bad framing, headers too large, too slow): there is no request to answer,
 * only a socket, and nobody's language is known.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem('malformed', {
    id: 'Permintaan tidak dapat dibaca, terlalu besar, atau terlalu lambat.',
    en: 'The request cannot be read, is too large, or came too slowly.',
  });
  const body = JSON.stringify(problemDocument(problem, 'id', correlationId()));
  const head = [
    `HTTP/1.1 ${problem.status} Bad Request`,
    `Content-Type: ${problemType}`,
    'Content-Language: id',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
