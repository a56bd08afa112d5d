import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, destination, pino } from 'pino';
import { correlationStore } from './correlation';
import { maskLine } from './mask-line';

/** An error as a log may hold it: the driver's copies of the SQL and its parameters stay out. */
function safeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, errno } = error as Error & { code?: unknown; errno?: unknown };
  return { type: error.name, message: error.message, code, errno, stack: error.stack };
}

/** JSON lines on standard output, masked, each with the correlation id of the request or job it belongs to. */
export function createLogger(name: string, level: string, target?: DestinationStream): Logger {
  const out = target ?? destination({ dest: 1, sync: false });
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: safeError, error: safeError },
      mixin: () => {
        const correlationId = correlationStore();
        return correlationId ? { correlationId } : {};
      },
    },
    { write: (line: string) => out.write(maskLine(line)) },
  );
}

/** Writes Nest's own log through the same masked lines. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, context?: string) {
    this.logger.debug({ context }, String(message));
  }
  error(message: unknown, ...rest: unknown[]) {
    this.logger.error({ detail: rest.map(String) }, String(message));
  }
  warn(message: unknown, context?: string) {
    this.logger.warn({ context }, String(message));
  }
  debug(message: unknown, context?: string) {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string) {
    this.logger.debug({ context }, String(message));
  }
}
