import type { Id } from '@sinkron/database';
import type { Attempt } from '@sinkron/messaging';

/**
 * Which endpoints failed at the last attempt of this process. One of these is tried once at a time, to find out whether
 * it is back, however many deliveries wait for it: a program that hangs holds one place and not all of its office's.
 */
export class FailingEndpoints {
  /** Of each failing endpoint: which claim tries it now, or null. */
  private readonly failing = new Map<Id, Id | null>();

  /** @returns whether this claim may try the endpoint now; one that may is told so again */
  enter(endpoint: Id, claim: Id): boolean {
    const trying = this.failing.get(endpoint);
    if (trying === undefined || trying === claim) return true;
    if (trying !== null) return false;
    this.failing.set(endpoint, claim);
    return true;
  }

  /** What became of an attempt. */
  judge(endpoint: Id, { end }: Attempt): void {
    if (end !== 'later') this.failing.delete(endpoint);
    else if (!this.failing.has(endpoint)) this.failing.set(endpoint, null);
  }

  /** The claim is over, whether it came to an attempt or not. */
  leave(endpoint: Id, claim: Id): void {
    if (this.failing.get(endpoint) === claim) this.failing.set(endpoint, null);
  }
}
