/**
 * When to read again after an accepted push: at each offset, then every so long as the last of them. The offsets that
 * ship are `readings` of libs/config/src/durations.ts.
 * @param offsets milliseconds from the push, rising
 */
export function nextScheduledReading(acceptedAt: Date, now: Date, offsets: readonly number[]): Date {
  const elapsed = now.getTime() - acceptedAt.getTime();
  const ahead = offsets.find((offset) => offset > elapsed);
  const period = offsets.at(-1) ?? 60_000;
  const offset = ahead ?? (Math.floor(elapsed / period) + 1) * period;
  return new Date(acceptedAt.getTime() + offset);
}
