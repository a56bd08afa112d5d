import { sinceMidnight, wallClock } from '@sinkron/identity';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * How long until the centre's permitted hours begin; null within them. Hours that end before they begin pass midnight.
 * @param hours times of day in WIB (UTC+7, no summer time), both inclusive to the minute
 */
export function millisecondsToOpening(now: Date, { from, to }: { from: string; to: string }): number | null {
  const timeOfDay = wallClock(now, 'Asia/Jakarta').time;
  const opens = sinceMidnight(from);
  const closes = sinceMidnight(to) + minute;
  const open =
    opens < closes ? opens <= timeOfDay && timeOfDay < closes : timeOfDay >= opens || timeOfDay < closes;
  return open ? null : (opens - timeOfDay + day) % day;
}

/** When the quota of the verification service is renewed: at 00:00 WIB (UTC+7, no summer time). */
export function nextMidnightInJakarta(now: Date): Date {
  const eastOfUtc = 7 * 60 * minute;
  return new Date((Math.floor((now.getTime() + eastOfUtc) / day) + 1) * day - eastOfUtc);
}
