import type { Logger } from 'pino';

/** What a periodic task does, in this order; the names are for the log. A step that answers `true` has more to do. */
export type Steps = Record<string, () => Promise<unknown>>;

/**
 * Does something again and again; each time begins so long after the last one ended, so that it never runs twice at
 * once.
 */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /** @param interval milliseconds between two runs */
  constructor(
    readonly name: string,
    private readonly interval: number,
    private readonly steps: Steps,
    private readonly logger: Logger,
  ) {}

  /** The first run is now. */
  start(): void {
    this.schedule(0);
  }

  /** Waits for the run in progress. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Steps with more to do go on piece by piece, in turns, until none has more or an interval has passed. */
  async run(): Promise<void> {
    const end = performance.now() + this.interval;
    let steps = Object.entries(this.steps);
    do steps = await this.pass(steps);
    while (steps.length > 0 && !this.stopped && performance.now() < end);
  }

  /**
   * A step that fails is logged and done again next time; the steps after it are done all the same.
   * @returns those that have more to do
   */
  private async pass(steps: [string, Steps[string]][]): Promise<[string, Steps[string]][]> {
    const unfinished: typeof steps = [];
    for (const [step, act] of steps) {
      try {
        if ((await act()) === true) unfinished.push([step, act]);
      } catch (error) {
        this.logger.error({ err: error, task: this.name, step }, 'A step of a periodic task failed');
      }
    }
    return unfinished;
  }

  private schedule(wait: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.run().finally(() => this.schedule(this.interval));
    }, wait);
  }
}
