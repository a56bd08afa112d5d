import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What a connection has asked for and not been given yet. */
interface Waiting {
  busy: boolean;
  next: { request: IncomingMessage; response: ServerResponse }[];
}

export interface ConnectionBounds {
  /** So many requests may wait behind the one that is answered; whoever sends more is cut off. */
  waiting: number;
  /** Milliseconds in which a finished answer must have been taken, however large it is. */
  patience: number;
  /** And a second more for each so many bytes of it. */
  bytesPerSecond: number;
}

export const connectionBounds: ConnectionBounds = { waiting: 32, patience: 30_000, bytesPerSecond: 8_192 };

/**
 * Answers the requests of one connection one after the other: the next is begun when the answer before it has left.
 * Node begins all that a client sends at once (pipelining), and keeps the answers of one who does not read. So a
 * connection holds one unsent answer, and whoever does not take it in time is cut off; a byte now and then, which
 * keeps a connection from being idle, does not help. Streams end by themselves and are not timed here.
 */
export function answerOneAtATime(server: Server, bounds: ConnectionBounds = connectionBounds): void {
  const [handle] = server.listeners('request') as [Handle];
  const connections = new WeakMap<Socket, Waiting>();

  const begin = (waiting: Waiting, request: IncomingMessage, response: ServerResponse) => {
    waiting.busy = true;
    cutOffSlowReader(response, bounds);
    response.once('close', () => {
      waiting.busy = false;
      const next = waiting.next.shift();
      if (next && !request.socket.destroyed) begin(waiting, next.request, next.response);
    });
    handle(request, response);
  };

  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    let waiting = connections.get(socket);
    if (!waiting) connections.set(socket, (waiting = { busy: false, next: [] }));
    if (!waiting.busy) begin(waiting, request, response);
    else if (waiting.next.length < bounds.waiting) waiting.next.push({ request, response });
    else {
      waiting.next = [];
      socket.destroy();
    }
  });
}

/** From when all of an answer is written, what is not sent yet must leave in a time that fits its size. */
function cutOffSlowReader(response: ServerResponse, { patience, bytesPerSecond }: ConnectionBounds): void {
  response.once('prefinish', () => {
    const { socket } = response;
    if (!socket) return;
    const seconds = socket.writableLength / bytesPerSecond;
    const late = setTimeout(() => socket.destroy(), patience + seconds * 1_000).unref();
    response.once('close', () => clearTimeout(late));
  });
}
