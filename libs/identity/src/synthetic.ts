import { parseDate } from './dates';
import type { Sex } from './nik';
import { isKnownRegency, regencyCodes, regionName } from './regions';

/** A person who does not exist: the district of both numbers is 99, which no region has. */
export interface SyntheticPerson {
  nik: string;
  noKk: string;
  name: string;
  birthPlace: string;
  birthDate: string;
  sex: Sex;
}

/** Is it a number of the synthetic range, PPKK99? Such numbers may be in source, fixtures and demos; others never. */
export function isSynthetic(number: string): boolean {
  return /^[0-9]{4}99[0-9]{10}$/.test(number);
}

/**
 * A NIK in district 99 of a regency (4 digits).
 * @throws RangeError on an unknown regency, a birth date that is no ISO date from 1900, a serial outside 1–9999
 */
export function syntheticNik(of: { regency: string; birthDate: string; sex: Sex; serial: number }): string {
  return compose(of.regency, of.birthDate, of.sex === 'F' ? 40 : 0, of.serial);
}

/**
 * A KK number in district 99 of a regency (4 digits).
 * @throws RangeError on an unknown regency, a date of recording that is no ISO date from 1900, a serial outside 1–9999
 */
export function syntheticKk(of: { regency: string; recordedOn: string; serial: number }): string {
  return compose(of.regency, of.recordedOn, 0, of.serial);
}

function compose(regency: string, date: string, addedToDay: number, serial: number): string {
  if (!isKnownRegency(regency)) throw new RangeError('not a regency code');
  if (parseDate(date, '9999-12-31') === null) throw new RangeError('not an ISO date from 1900');
  if (!Number.isInteger(serial) || serial < 1 || serial > 9999) throw new RangeError('serial must be 1–9999');
  const [year = '', month = '', day = ''] = date.split('-');
  const dd = String(Number(day) + addedToDay).padStart(2, '0');
  return `${regency}99${dd}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`;
}

const firstNames = {
  M: ['Bintang', 'Cakra', 'Elang', 'Fajar', 'Guntur', 'Jati', 'Langit', 'Samudra', 'Surya', 'Wira'],
  F: ['Anggrek', 'Cempaka', 'Dahlia', 'Embun', 'Intan', 'Kenanga', 'Melati', 'Mutiara', 'Seruni', 'Tanjung'],
};
const lastNames = [
  'Angkasa',
  'Bahari',
  'Cendana',
  'Gunawan',
  'Halimun',
  'Lestari',
  'Pertiwi',
  'Rimba',
  'Sagara',
];

const firstBirth = Date.UTC(1990, 0, 1);
const firstRecording = Date.UTC(2010, 4, 20);
const days = 5000;
/** A prime: it shares no divisor with the number of places, so each is visited once before any is visited again. */
const step = 1_234_577;
const dayLength = 24 * 60 * 60 * 1000;

/**
 * People without end, the same for the same seed, aged as applicants are. No two share a NIK or a KK, not even
 * those of different seeds below 9999 while fewer than two million are taken.
 * @param seed a whole number from 0
 */
export function* syntheticPeople(seed: number): Generator<SyntheticPerson, never> {
  const places = regencyCodes.length * days;
  for (let n = 0; ; n += 1) {
    const place = (n * step + seed * 7919) % places;
    const serial = 1 + ((seed + Math.floor(n / places)) % 9999);
    const regency = regencyCodes[place % regencyCodes.length]!;
    const day = Math.floor(place / regencyCodes.length);
    const chance = Math.imul(n + seed + 1, 0x9e3779b1) >>> 16;
    const sex = chance % 2 === 0 ? 'F' : 'M';
    const birthDate = isoDay(firstBirth, day);
    yield {
      nik: syntheticNik({ regency, birthDate, sex, serial }),
      noKk: syntheticKk({ regency, recordedOn: isoDay(firstRecording, day), serial }),
      name: `${pick(firstNames[sex], chance >> 1)} ${pick(lastNames, chance >> 5)}`,
      birthPlace: regionName(regency)!.replace(/^(Kabupaten|Kota)( Administrasi)? /, ''),
      birthDate,
      sex,
    };
  }
}

function isoDay(first: number, days: number): string {
  return new Date(first + days * dayLength).toISOString().slice(0, 10);
}

function pick(words: string[], chance: number): string {
  return words[chance % words.length]!;
}
