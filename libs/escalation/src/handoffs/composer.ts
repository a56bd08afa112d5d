import { type Reasoned, reasonSentence } from '../model/reasons';
import type { AskedField } from '@sinkron/registry';

/** What the person at the centre needs to find one record; identity comes masked, and stays so. */
export interface HandoffFacts {
  ticketCode: string;
  trackingId: string | null;
  maskedNik: string;
  maskedKk: string;
  /** What the last reading said of each field. */
  verdicts: { field: AskedField; matches: boolean }[];
  escalation: Reasoned;
  /** Already in words, on the clock of whoever reads it. */
  deadline: string | null;
}

const fieldNames: Record<AskedField, string> = {
  nik: 'NIK',
  kk: 'No. KK',
  name: 'Nama',
  birthDate: 'Tanggal lahir',
  birthPlace: 'Tempat lahir',
  sex: 'Jenis kelamin',
};

/**
 * The text of an emergency message (R9), in the plain Indonesian of one officer to another, about one ticket or several.
 * No full NIK or KK: these are behind the link, for whoever signs in.
 */
export function composeHandoff(
  officeName: string,
  tickets: readonly HandoffFacts[],
  numbersLink: string | null,
): string {
  const isOne = tickets.length === 1;
  const about = isOne ? 'sinkronisasi NIK/KK' : `sinkronisasi ${tickets.length} NIK/KK`;
  return [
    `Selamat bertugas. Kami dari ${officeName}, mohon bantuan ${about} (darurat).`,
    ...tickets.flatMap((facts, at) => [...(isOne ? [] : ['', `${at + 1}.`]), ...linesOf(facts)]),
    ...(isOne ? [] : ['']),
    ...(numbersLink ? [`Nomor lengkap (masuk dengan akun Sinkron, sekali buka): ${numbersLink}`] : []),
    'Mohon dibalas bila sudah diterima. Terima kasih.',
  ].join('\n');
}

function linesOf(facts: HandoffFacts): string[] {
  const verdicts = facts.verdicts.map(
    ({ field, matches }) => `${fieldNames[field]} ${matches ? 'sesuai' : 'tidak sesuai'}`,
  );
  return [
    `Kode laporan: ${facts.ticketCode}`,
    facts.trackingId ? `ID konsolidasi: ${facts.trackingId}` : 'Konsolidasi belum diterima pusat.',
    `NIK: ${facts.maskedNik} · KK: ${facts.maskedKk}`,
    verdicts.length > 0 ? `Hasil baca terakhir: ${verdicts.join(', ')}` : 'Belum ada hasil baca dari pusat.',
    `Alasan: ${reasonSentence(facts.escalation).id}`,
    ...(facts.deadline ? [`Batas pemohon: ${facts.deadline}`] : []),
  ];
}

/** The text about an incident, which belongs to no single ticket. */
export function composeIncident(officeName: string, escalation: Reasoned, since: string): string {
  const sentence = reasonSentence(escalation).id;
  return [
    `Selamat bertugas. Kami dari ${officeName}.`,
    `Sejak ${since}, ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
    'Mohon kabar keadaan layanan pusat. Terima kasih.',
  ].join('\n');
}

/** Opens a draft in WhatsApp and sends nothing. */
export function waLink(phone: string, text: string): string {
  return `https://wa.me/${phone.replace(/\D/g, '')}?text=${encodeURIComponent(text)}`;
}

/** Opens a draft in the officer's own mail program and sends nothing. */
export function mailLink(address: string, subject: string, text: string): string {
  return `mailto:${encodeURIComponent(address)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
}
