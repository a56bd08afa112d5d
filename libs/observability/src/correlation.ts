import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

/**
 * An id that a caller sent is kept if it is harmless in a log line, a header and a job, and cannot be an identity
 * number, grouped or not; else we make one.
 */
export function acceptCorrelationId(sent: unknown): string {
  return typeof sent === 'string' &&
    /^[A-Za-z0-9-]{8,64}$/.test(sent) &&
    !/\d{13}/.test(sent.replaceAll('-', ''))
    ? sent
    : randomUUID();
}

/** Everything that `work` does, its logs and its calls to the centre carry this id. */
export function withCorrelation<T>(id: string, work: () => T): T {
  return storage.run(id, work);
}

/** The id of the request or job that is being done; a new one outside both. */
export function correlationId(): string {
  return storage.getStore() ?? randomUUID();
}

/** The id, or nothing outside a request or job: for log lines, which should not invent one. */
export function correlationStore(): string | undefined {
  return storage.getStore();
}
