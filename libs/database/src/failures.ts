/** The driver's error, wherever TypeORM wrapped it. */
function driverCode(error: unknown): { code?: string; errno?: number } {
  const { code, errno, driverError } = error as { code?: string; errno?: number; driverError?: object };
  return {
    ...(driverError ? driverCode(driverError) : {}),
    ...(code ? { code } : {}),
    ...(errno ? { errno } : {}),
  };
}

/** 1020 row changed, 1205 lock wait, 1213 deadlock (on Galera at COMMIT): the whole transaction may be repeated. */
const conflicts = new Set([1020, 1205, 1213]);

/** 1040, 1053, 1927 and 4031: too many connections, shutting down, killed, idle too long. */
const refusals = new Set([1040, 1053, 1927, 4031]);

const lost = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_DESTROY',
]);

export function isConflict(error: unknown): boolean {
  return conflicts.has(driverCode(error).errno ?? 0);
}

/** A unique key already holds this value. */
export function isDuplicate(error: unknown): boolean {
  return driverCode(error).errno === 1062;
}

/** The database is away or refuses: nothing is known of a COMMIT that was under way. */
export function isDatabaseAway(error: unknown): boolean {
  const { code = '', errno = 0 } = driverCode(error);
  return error instanceof DatabaseTimeout || lost.has(code) || refusals.has(errno);
}

/** The pool gave no connection, or a statement no answer, within its bound. */
export class DatabaseTimeout extends Error {
  constructor(what: string) {
    super(`${what} took too long`);
    this.name = 'DatabaseTimeout';
  }
}
