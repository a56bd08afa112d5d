import type { Zone } from '@sinkron/identity';

const zoneNames: Record<Zone, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** One for each zone: to make a formatter takes longer than everything else about a receipt. */
const formatters = new Map<Zone, Intl.DateTimeFormat>();

function formatterOf(timeZone: Zone): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('id-ID', {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** An instant in an office's own zone, as people there say it: `Senin, 23 November 2026 pukul 14.05 WIB`. */
export function localTime(instant: Date, zone: Zone): string {
  return `${formatterOf(zone).format(instant)} ${zoneNames[zone]}`;
}

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
    'Simpan kode ini. Petugas tidak pernah meminta kata sandi SSCASN Anda.',
  ].join('\n');
}
