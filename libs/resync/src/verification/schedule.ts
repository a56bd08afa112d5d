/**
 * When to read again after an accepted push: at each offset, then every so long as the last of them.
 * @param offsets milliseconds from the push, rising
 */
export function nextCheck(acceptedAt: Date, now: Date, offsets: readonly number[]): Date {
  const elapsed = now.getTime() - acceptedAt.getTime();
  const ahead = offsets.find((offset) => offset > elapsed);
  const period = offsets.at(-1) ?? 60_000;
  const offset = ahead ?? (Math.floor(elapsed / period) + 1) * period;
  return new Date(acceptedAt.getTime() + offset);
}

/** The quota of the verification service is renewed at 00:00 WIB (UTC+7, no summer time). */
export function nextMidnightInJakarta(now: Date): Date {
  const eastOfUtc = 7 * 3_600_000;
  const day = 24 * 3_600_000;
  return new Date((Math.floor((now.getTime() + eastOfUtc) / day) + 1) * day - eastOfUtc);
}
