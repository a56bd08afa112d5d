import { registryQuotaLeft } from '@sinkron/observability';

/** This part of a day's readings is kept for pushes and urgent tickets. */
const kept = 0.1;
/** A figure this old may be yesterday's: the next reading asks for a new one. */
const staleAfter = 15 * 60_000;

/** How many of the day's readings are left, as the centre said in its last answer. */
export class Quota {
  private left = Infinity;
  private seenAt = 0;

  /** @param daily readings granted for a day, or null where nobody knows */
  constructor(private readonly daily: number | null) {}

  saw(left: number): void {
    this.left = left;
    this.seenAt = performance.now();
    registryQuotaLeft.set(left);
  }

  /** Whether so little is left that a reading which can wait should. */
  isShort(): boolean {
    if (this.daily === null || performance.now() - this.seenAt > staleAfter) return false;
    return this.left < this.daily * kept;
  }
}
