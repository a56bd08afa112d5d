import type { Delivery } from './delivery';

/** While there is another channel, the question to an officer is not held up by one that fails. */
const stepAttempts = 3;
/** With the waits between them about half an hour. */
const mostAttempts = 8;

/** The reason of a message that our own limits held back: it was not tried at all. */
export const ownLimit = 'rate_limited';

/**
 * Whether an attempt that failed for now was the last by this channel.
 * @param reason why it failed
 * @param patience for how many milliseconds an event is tried
 */
export function isLastAttempt(
  { kind, attempts, fallbacks, createdAt }: Pick<Delivery, 'kind' | 'attempts' | 'fallbacks' | 'createdAt'>,
  reason: string,
  { now, patience }: { now: Date; patience: number },
): boolean {
  if (reason === ownLimit) return false;
  if (kind === 'event') return now.getTime() - createdAt.getTime() > patience;
  // A fault that only the operators can fix is not waited for while there is another channel.
  if (reason === 'configuration' && fallbacks.length > 0) return true;
  return attempts >= (kind === 'step' && fallbacks.length > 0 ? stepAttempts : mostAttempts);
}
