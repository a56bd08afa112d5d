/** Why a call was not made, although the centre may be well. */
export type HeldBack = 'rate_limited' | 'line_down';

/** We ourselves held the call back: nothing was sent, and nothing is to be counted against the centre or the case. */
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
