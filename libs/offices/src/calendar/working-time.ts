import type { QuietTime, WeeklyHours } from './opening-hours';
import { sinceMidnight, wallClock, type Zone } from '@sinkron/identity';

/**
 * Whether an office with these hours is at work, by its own clock. Hours end when they say: at 16:00 it is closed.
 * Without hours it is always at work; a holiday closes only who closes at all.
 * @param holidays ISO dates
 */
export function isWorkingTime(
  instant: Date,
  zone: Zone,
  hours: WeeklyHours | null,
  holidays: ReadonlySet<string>,
): boolean {
  if (hours === null) return true;
  const { date, weekday, time } = wallClock(instant, zone);
  if (holidays.has(date)) return false;
  return (hours[weekday] ?? []).some(
    ({ from, to }) => sinceMidnight(from) <= time && time < sinceMidnight(to),
  );
}

/** The end of the quiet time that holds at this instant, by the clock of the zone; null while it is not quiet. */
export function quietUntil(instant: Date, zone: Zone, quiet: QuietTime | null): Date | null {
  if (quiet === null) return null;
  const { time } = wallClock(instant, zone);
  const [begins, ends] = [sinceMidnight(quiet.from), sinceMidnight(quiet.to)];
  // Quiet times that end before they begin pass midnight.
  const isQuiet = begins < ends ? begins <= time && time < ends : time >= begins || time < ends;
  if (!isQuiet) return null;
  const day = sinceMidnight('24:00');
  return new Date(instant.getTime() + ((ends - time + day) % day));
}
