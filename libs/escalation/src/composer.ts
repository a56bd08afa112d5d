/** What the person at the centre needs to find the record; identity comes masked, and stays so. */
export interface HandoffFacts {
  officeName: string;
  ticketCode: string;
  trackingId: string | null;
  maskedNik: string;
  maskedKk: string;
  /** Field and verdict as they were last read, e.g. `NO_KK: tidak sesuai`. */
  verdicts: { field: string; matches: boolean }[];
  reason: string;
  /** Already in words, with its zone. */
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

/** The text of an emergency message (R9), in the plain Indonesian of one officer to another. No full NIK or KK. */
export function composeHandoff(facts: HandoffFacts): string {
  const verdicts = facts.verdicts.map(
    ({ field, matches }) => `${fieldNames[field] ?? field} ${matches ? 'sesuai' : 'tidak sesuai'}`,
  );
  return [
    `Selamat bertugas. Kami dari ${facts.officeName}, mohon bantuan sinkronisasi NIK/KK (darurat).`,
    `Kode laporan: ${facts.ticketCode}`,
    facts.trackingId ? `ID konsolidasi: ${facts.trackingId}` : 'Konsolidasi belum diterima pusat.',
    `NIK: ${facts.maskedNik} · KK: ${facts.maskedKk}`,
    verdicts.length > 0 ? `Hasil baca terakhir: ${verdicts.join(', ')}` : 'Belum ada hasil baca dari pusat.',
    `Alasan: ${reasons[facts.reason] ?? facts.reason}`,
    ...(facts.deadline ? [`Batas pemohon: ${facts.deadline}`] : []),
    'Mohon dibalas bila sudah diterima. Terima kasih.',
  ].join('\n');
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
