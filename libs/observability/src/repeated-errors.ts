import type { Logger } from 'pino';

const minute = 60_000;

interface Summary {
  times: number;
  last: Error;
}

/**
 * Logs errors that come again and again while something is away, as connections emit them: the first of a kind at
 * once, what follows once a minute with its count.
 */
export class RepeatedErrors {
  private readonly summaries = new Map<string, Summary>();

  constructor(
    private readonly logger: Logger,
    private readonly interval = minute,
  ) {}

  /** What an emitter is given for its `error` events. @param what emits them, for the log */
  listener(what: string): (error: Error) => void {
    return (error) => this.report(what, error);
  }

  private report(what: string, error: Error): void {
    const key = `${what} ${(error as NodeJS.ErrnoException).code ?? error.name}`;
    const summary = this.summaries.get(key);
    if (summary) {
      summary.times += 1;
      summary.last = error;
      return;
    }
    this.logger.warn({ err: error, what }, 'A connection failed');
    this.begin(key, what, error);
  }

  private begin(key: string, what: string, error: Error): void {
    this.summaries.set(key, { times: 0, last: error });
    setTimeout(() => this.sumUp(key, what), this.interval).unref();
  }

  private sumUp(key: string, what: string): void {
    const summary = this.summaries.get(key);
    this.summaries.delete(key);
    if (!summary || summary.times === 0) return;
    const { times, last } = summary;
    this.logger.warn({ err: last, what, times }, 'A connection failed again');
    this.begin(key, what, last);
  }
}
