import { localTime, type Zone } from '@sinkron/identity';

/** What the applicant takes home: code, where to look, by when. Plain Indonesian, fit to print or to send. */
export function receiptText(facts: {
  code: string;
  dueAt: Date;
  zone: Zone;
  publicUrl: string;
  officeName: string;
}): string {
  return [
    `Laporan NIK/KK Anda sudah diterima ${facts.officeName}.`,
    `Kode laporan: ${facts.code}`,
    `Cek perkembangan di ${facts.publicUrl}/cek dengan kode ini dan tanggal lahir Anda.`,
    `Paling lambat ${localTime(facts.dueAt, facts.zone)} data sudah sesuai atau petugas menindaklanjuti.`,
    'Simpan kode ini. Petugas tidak pernah meminta kata sandi Anda.',
  ].join('\n');
}
