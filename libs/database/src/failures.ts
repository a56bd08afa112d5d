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

/** The server answers, but takes no work now. */
const refusals = new Set([
  1021, // disk full
  1040, // too many connections
  1047, // Galera: the node is not ready
  1053, // shutting down
  1129, // this host is blocked after connection errors
  1203, // too many connections of this user
  1290, // read-only, by an option
  1792, // read-only transaction
  1836, // read-only mode
  1927, // connection killed
  4031, // idle too long
]);

const lost = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
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
