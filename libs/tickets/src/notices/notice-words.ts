import type { DocumentKind, Purpose } from '../model/vocabulary';
import { localTime, type Zone } from '@sinkron/identity';
import type { Text } from '@sinkron/observability';

/** Where the applicant tries again once the data agree. */
export const whereAgain: Record<Purpose, Text> = {
  cpns_sscasn: { id: 'di SSCASN', en: 'on SSCASN' },
  pppk_sscasn: { id: 'di SSCASN', en: 'on SSCASN' },
  education: { id: 'di pendaftaran sekolah atau kampus', en: 'at the school or university' },
  bank: { id: 'di bank', en: 'at the bank' },
  bpjs: { id: 'di BPJS', en: 'at BPJS' },
  other: { id: 'di layanan yang menolak Anda', en: 'where you were refused' },
};

const documentNames: Record<DocumentKind, Text> = {
  family_card: { id: 'KK terbaru', en: 'newest family card' },
  identity_card: { id: 'KTP-el', en: 'identity card' },
  birth_certificate: { id: 'akta kelahiran', en: 'birth certificate' },
  marriage_certificate: { id: 'buku nikah atau akta perkawinan', en: 'marriage certificate' },
  divorce_certificate: { id: 'akta perceraian', en: 'divorce certificate' },
  moving_letter: { id: 'surat pindah (SKPWNI)', en: 'moving letter (SKPWNI)' },
  other: { id: 'dokumen lain yang diminta petugas', en: 'another document that the officer asked for' },
};

/** What is missing; an officer's own words are never sent, for they may name somebody. */
export function documentsInWords(missing: readonly DocumentKind[]): Text {
  const named = missing.length > 0 ? [...new Set(missing)] : (['other'] as const);
  const inEach = (language: 'id' | 'en') => named.map((kind) => documentNames[kind][language]).join(', ');
  return { id: inEach('id'), en: inEach('en') };
}

/** On the clock of the office, as on the receipt. */
export function inBothLanguages(instant: Date, zone: Zone): Text {
  return { id: localTime(instant, zone), en: localTime(instant, zone, 'en') };
}
