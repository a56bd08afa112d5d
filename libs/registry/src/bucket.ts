/** A token bucket: so many calls a second on average, and at most `burst` of them at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/**
 * The bucket as one number, the instant up to which its tokens are reserved (the generic cell rate algorithm). A caller
 * who may wait reserves the next free instant, so that callers go in the order in which they asked.
 */
export class Bucket {
  private reservedUntil = 0;

  constructor(private readonly rate: Rate) {}

  /**
   * Milliseconds after which the caller may go; negative when that would be later than its patience, and nothing is
   * reserved then. @param now milliseconds of a clock that only goes forward
   */
  reserve(now: number, patience: number): number {
    const { interval, slack } = timing(this.rate);
    const from = Math.max(this.reservedUntil, now);
    const wait = from - slack - now;
    if (wait > patience) return -wait;
    this.reservedUntil = from + interval;
    return Math.max(0, wait);
  }
}

/** Milliseconds between calls, and how far ahead of that a burst may run. */
export function timing({ perSecond, burst }: Rate): { interval: number; slack: number } {
  const interval = 1000 / perSecond;
  return { interval, slack: (burst - 1) * interval };
}
