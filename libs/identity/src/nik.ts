import { ageOn, isoDate } from './dates';
import { finding, type Finding } from './finding';
import { isKnownDistrict, isKnownProvince, isKnownRegency } from './regions';

export const sexes = ['M', 'F'] as const;
export type Sex = (typeof sexes)[number];

/** What a NIK says. It speaks of the first registration: a later move or a corrected birth date leaves it as it is. */
export interface ReadNik {
  ok: true;
  nik: string;
  /** Codes of 2, 4 and 6 digits. */
  region: { province: string; regency: string; district: string };
  sex: Sex;
  /** The century is not in the NIK: one or two ISO dates, earliest first. */
  birthDate: { candidates: string[]; ambiguous: boolean };
  serial: string;
  warnings: Finding[];
}

export type NikReading = ReadNik | { ok: false; problem: Finding };

/**
 * Takes a NIK apart (PP 37/2007 art. 37): 6 region, DDMMYY with the day + 40 for women, 4 serial. It has no check
 * digit. Refuses only what can be no NIK at all: anything but 16 ASCII digits, an unknown province, a date that no
 * century has, serial zero. Never throws.
 * @param today ISO date, for the century: a holder is 0 to 110 years old
 */
export function parseNik(text: string, today: string): NikReading {
  if (!/^[0-9]{16}$/.test(text)) return { ok: false, problem: finding('nik_not_16_digits') };

  const region = { province: text.slice(0, 2), regency: text.slice(0, 4), district: text.slice(0, 6) };
  if (!isKnownProvince(region.province)) return { ok: false, problem: finding('nik_province_unknown') };

  const day = Number(text.slice(6, 8));
  const sex = day > 40 ? 'F' : 'M';
  const candidates = birthDates(sex === 'F' ? day - 40 : day, text.slice(8, 10), text.slice(10, 12), today);
  if (candidates.length === 0) return { ok: false, problem: finding('nik_date_impossible') };

  const serial = text.slice(12);
  if (serial === '0000') return { ok: false, problem: finding('nik_serial_zero') };

  const birthDate = { candidates, ambiguous: candidates.length > 1 };
  return { ok: true, nik: text, region, sex, birthDate, serial, warnings: regionWarnings(region) };
}

/** The real days that the six digits may mean; if none gives a likely age, the real ones all the same. */
function birthDates(day: number, month: string, yearOfCentury: string, today: string): string[] {
  const thisYear = Number(today.slice(0, 4));
  const thisCentury = thisYear - (thisYear % 100);
  const real = [thisCentury - 100, thisCentury]
    .map((century) => isoDate(century + Number(yearOfCentury), Number(month), day))
    .filter((date) => date !== null);
  const likely = real.filter((date) => {
    const age = ageOn(today, date);
    return age >= 0 && age <= 110;
  });
  return likely.length > 0 ? likely : real;
}

function regionWarnings({ regency, district }: ReadNik['region']): Finding[] {
  if (!isKnownRegency(regency)) return [finding('nik_regency_unknown')];
  return isKnownDistrict(district) ? [] : [finding('nik_district_unknown')];
}

/**
 * Compares a NIK with what the applicant states. A difference is a warning only: the NIK is not reissued when a
 * birth date is corrected.
 * @param stated birth date as ISO date
 */
export function compareNik(reading: ReadNik, stated: { birthDate?: string; sex?: Sex }): Finding[] {
  const warnings: Finding[] = [];
  // Without the century: a holder older than 110 states a year that is no candidate, and yet does not contradict.
  const inNik = reading.birthDate.candidates.map((date) => date.slice(2));
  if (stated.birthDate !== undefined && !inNik.includes(stated.birthDate.slice(2))) {
    warnings.push(finding('nik_birth_date_differs'));
  }
  if (stated.sex !== undefined && stated.sex !== reading.sex) warnings.push(finding('nik_sex_differs'));
  return warnings;
}
