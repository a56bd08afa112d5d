/** Is there such a day in the (proleptic Gregorian) calendar? Takes the full year and the month as 1–12. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= days[month - 1]!;
}

/** `yyyy-mm-dd`, or null when there is no such day. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (!isCalendarDay(year, month, day)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * Reads a date that lies in the past of a living person, such as a birth date.
 * @param text strictly `yyyy-mm-dd`, a real day
 * @param today ISO date, the last day that is accepted
 * @returns the same text, or null for anything else, for days before 1900 and for the future
 */
export function parseDate(text: string, today: string): string | null {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!parts) return null;
  const date = isoDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return date && date >= '1900-01-01' && date <= today ? date : null;
}

/**
 * The date in the east of Indonesia (WIT, UTC+9, no summer time), where a day begins first: a child born and
 * registered there just after midnight is not from the future.
 */
export function todayInIndonesia(now: Date): string {
  const eastOfUtc = 9 * 60 * 60 * 1000;
  return new Date(now.getTime() + eastOfUtc).toISOString().slice(0, 10);
}

/** Whole years lived on `today`; negative before birth. Both are ISO dates. */
export function ageOn(today: string, birthDate: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
