/** Why a call was not made, although the centre may be well. */
export type HeldBack = 'rate_limited' | 'line_down';

/** We held the call back ourselves: nothing was sent, and nothing counts against the centre or the ticket. */
export class NotAsked extends Error {
  constructor(
    readonly reason: HeldBack,
    /** Milliseconds after which it makes sense to try again. */
    readonly wait: number,
  ) {
    super(`The centre was not called: ${reason}`);
    this.name = 'NotAsked';
  }
}
