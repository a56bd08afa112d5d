/** What the person at the centre needs to find one record; identity comes masked, and stays so. */
export interface HandoffFacts {
  ticketCode: string;
  trackingId: string | null;
  maskedNik: string;
  maskedKk: string;
  /** Field and verdict as they were last read, e.g. `NO_KK: tidak sesuai`. */
  verdicts: { field: string; matches: boolean }[];
  reason: string;
  /** Already in words, on the clock of whoever reads it. */
  deadline: string | null;
}

const fieldNames: Record<string, string> = {
  nik: 'NIK',
  kk: 'No. KK',
  name: 'Nama',
  birthDate: 'Tanggal lahir',
};

const reasons: Record<string, string> = {
  overdue: 'sudah lewat 1×24 jam tanpa sinkron',
  officer_flag: 'ditandai darurat oleh petugas',
  unlikely_before_deadline: 'kecil kemungkinan selesai sebelum pendaftaran pemohon tutup',
  deadline_before_due: 'pendaftaran pemohon tutup sebelum batas sinkron',
  standstill: 'terlalu lama menunggu',
};

/**
 * The text of an emergency message (R9), in the plain Indonesian of one officer to another, about one case or several.
 * No full NIK or KK: these are behind the link, for whoever signs in.
 */
export function composeHandoff(
  officeName: string,
  cases: readonly HandoffFacts[],
  numbersLink: string | null,
): string {
  const about = cases.length === 1 ? 'sinkronisasi NIK/KK' : `sinkronisasi ${cases.length} NIK/KK`;
  return [
    `Selamat bertugas. Kami dari ${officeName}, mohon bantuan ${about} (darurat).`,
    ...cases.flatMap((facts, at) => [...(cases.length > 1 ? ['', `${at + 1}.`] : []), ...caseLines(facts)]),
    ...(cases.length > 1 ? [''] : []),
    ...(numbersLink ? [`Nomor lengkap (masuk dengan akun Sinkron, sekali buka): ${numbersLink}`] : []),
    'Mohon dibalas bila sudah diterima. Terima kasih.',
  ].join('\n');
}

function caseLines(facts: HandoffFacts): string[] {
  const verdicts = facts.verdicts.map(
    ({ field, matches }) => `${fieldNames[field] ?? field} ${matches ? 'sesuai' : 'tidak sesuai'}`,
  );
  return [
    `Kode laporan: ${facts.ticketCode}`,
    facts.trackingId ? `ID konsolidasi: ${facts.trackingId}` : 'Konsolidasi belum diterima pusat.',
    `NIK: ${facts.maskedNik} · KK: ${facts.maskedKk}`,
    verdicts.length > 0 ? `Hasil baca terakhir: ${verdicts.join(', ')}` : 'Belum ada hasil baca dari pusat.',
    `Alasan: ${reasons[facts.reason] ?? facts.reason}`,
    ...(facts.deadline ? [`Batas pemohon: ${facts.deadline}`] : []),
  ];
}

/** The text about an incident, which belongs to no single case. */
export function composeIncident(officeName: string, incident: string, since: string): string {
  const words: Record<string, string> = {
    centre_not_taking: 'kiriman konsolidasi kami belum diterima pusat',
    request_invalid: 'layanan pusat menganggap permintaan kami tidak lengkap',
    centre_rejects_us: 'akun atau alamat kami ditolak layanan pusat',
    centre_not_answering: 'layanan pusat tidak menjawab pembacaan kami',
    centre_delayed: 'data di pusat jauh lebih lambat berubah daripada biasanya',
  };
  return [
    `Selamat bertugas. Kami dari ${officeName}.`,
    `Sejak ${since}, ${words[incident] ?? incident}.`,
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
