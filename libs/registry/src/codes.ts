import type { CentreFault } from './centre-failure';

/** Why the centre will not process this person's record, whatever we push: a person must act. */
export type Refusal =
  'deceased' | 'duplicate_data' | 'inactive' | 'cannot_be_processed' | 'nik_format' | 'parameters_invalid';

type Meaning =
  | { kind: 'found' }
  | { kind: 'unknown' }
  | { kind: 'fault'; fault: CentreFault }
  | { kind: 'refusal'; reason: Refusal };

const configuration: Meaning = { kind: 'fault', fault: 'configuration' };

/** The codes of the verification service and what they mean for a ticket. */
const meanings: Record<string, Meaning> = {
  '00': { kind: 'found' },
  '01': { kind: 'found' },
  '03': configuration,
  '04': configuration,
  '05': { kind: 'fault', fault: 'quota_used_up' },
  '06': { kind: 'fault', fault: 'outside_hours' },
  '07': { kind: 'refusal', reason: 'parameters_invalid' },
  '08': { kind: 'refusal', reason: 'cannot_be_processed' },
  '09': configuration,
  '10': configuration,
  '11': { kind: 'refusal', reason: 'deceased' },
  '12': { kind: 'refusal', reason: 'duplicate_data' },
  '13': { kind: 'unknown' },
  '14': { kind: 'refusal', reason: 'inactive' },
  '15': { kind: 'refusal', reason: 'nik_format' },
  '16': configuration,
  '17': configuration,
};

/** Some answers give no code, only words; the words that were seen, most telling first. */
const words: [RegExp, string][] = [
  [/meninggal/i, '11'],
  [/ganda/i, '12'],
  [/tidak ditemukan/i, '13'],
  [/kuota/i, '05'],
  [/jam akses|di luar jam/i, '06'],
  [/format nik/i, '15'],
  [/tidak dapat diproses/i, '08'],
  [/parameter/i, '07'],
  [/password|user id/i, '03'],
  [/\bip\b/i, '04'],
  [/kredensial/i, '09'],
  [/lembaga/i, '10'],
  [/user tidak aktif/i, '17'],
  [/tidak aktif/i, '14'],
];

/** A code nobody has seen is nonsense: the centre's fault, until somebody adds it here. */
export function meaningOf(code: string): Meaning {
  return meanings[code] ?? { kind: 'fault', fault: 'nonsense' };
}

/** The code that words without a code stand for, or null. */
export function codeOfWords(text: string): string | null {
  const coded = /^\s*(\d{2})\b/.exec(text);
  if (coded?.[1] && meanings[coded[1]]) return coded[1];
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
