/** Does something again and again; each time begins so long after the last one ended, so that it never runs twice at once. */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /** @param act never rejects */
  constructor(
    private readonly act: () => Promise<void>,
    private readonly milliseconds: number,
  ) {}

  /** The first time is now. */
  start(): void {
    this.next(0);
  }

  /** Waits for what is being done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private next(wait: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.act().finally(() => this.next(this.milliseconds));
    }, wait);
  }
}
