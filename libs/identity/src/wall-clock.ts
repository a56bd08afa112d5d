import type { Zone } from './regions';

const hour = 3_600_000;
const day = 24 * hour;

/** How far each zone is ahead of UTC, in milliseconds; none has summer time. */
export const eastOfUtc: Readonly<Record<Zone, number>> = {
  'Asia/Jakarta': 7 * hour,
  'Asia/Pontianak': 7 * hour,
  'Asia/Makassar': 8 * hour,
  'Asia/Jayapura': 9 * hour,
};

/** What calendar and clock on the wall of a zone show. */
export interface WallClock {
  /** ISO date */
  date: string;
  /** Monday is 0. */
  weekday: number;
  /** Milliseconds since midnight. */
  time: number;
}

export function wallClock(instant: Date, zone: Zone): WallClock {
  const local = new Date(instant.getTime() + eastOfUtc[zone]);
  return {
    date: local.toISOString().slice(0, 10),
    weekday: (local.getUTCDay() + 6) % 7,
    time: ((local.getTime() % day) + day) % day,
  };
}

/** The instant at which the wall clock of a zone shows this date and time of day (`HH:MM`). */
export function instantAt(date: string, time: string, zone: Zone): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) + sinceMidnight(time) - eastOfUtc[zone]);
}

/** `HH:MM` in milliseconds; `24:00` is the end of the day. */
export function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
