import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { maskLine } from './mask-line';

const storage = new AsyncLocalStorage<string>();

/** An id that a caller sent is kept if it is harmless; else we make one. */
export function acceptCorrelationId(sent: unknown): string {
  return typeof sent === 'string' && isHarmless(sent) ? sent : newCorrelationId();
}

/**
 * In a log line, a header and a job, and no identity number, grouped or not: nor may it look like one, for the log would
 * mask it and nobody could follow it.
 */
function isHarmless(id: string): boolean {
  return /^[A-Za-z0-9-]{8,64}$/.test(id) && !/\d{13}/.test(id.replaceAll('-', '')) && maskLine(id) === id;
}

/** Drawn again until it stays as it is in the log: of random ids, one in two hundred looks like a number. */
export function newCorrelationId(draw: () => string = randomUUID): string {
  let id = draw();
  while (!isHarmless(id)) id = draw();
  return id;
}

/** Everything that `work` does, its logs and its calls to the centre carry this id. */
export function withCorrelation<T>(id: string, work: () => T): T {
  return storage.run(id, work);
}

/** The id of the request or job that is being done; a new one outside both. */
export function correlationId(): string {
  return storage.getStore() ?? newCorrelationId();
}

/** The id, or nothing outside a request or job: for log lines, which should not invent one. */
export function correlationStore(): string | undefined {
  return storage.getStore();
}
