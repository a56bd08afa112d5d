import type { Text } from '@sinkron/observability';

/** Why an escalation waits for nobody any more, as whoever has it or was asked about it is told. */
export const endCauses = [
  'suspended',
  'resumed',
  'deadline_changed',
  'time_enough',
  'wait_known',
  'centre_incident',
  'contest_judged',
  'ticket_resolved',
  'ticket_rejected',
  'ticket_cancelled',
  'ticket_merged',
  'transferred',
  'recovered',
  'by_officer',
] as const;
export type EndCause = (typeof endCauses)[number];

/** Those for which an alarm is withdrawn while its ticket stays open. */
export type WithdrawalCause = Extract<
  EndCause,
  'suspended' | 'resumed' | 'deadline_changed' | 'time_enough' | 'wait_known' | 'centre_incident'
>;

/** The only table of these causes in words. */
export const endCauseTexts: Record<EndCause, Text> = {
  suspended: { id: 'Laporannya sudah ditangguhkan.', en: 'Its ticket has been suspended.' },
  resumed: { id: 'Penangguhan laporannya sudah diakhiri.', en: 'The suspension of its ticket is over.' },
  deadline_changed: {
    id: 'Batas waktu pemohon sudah berubah dan tidak mendesak lagi.',
    en: "The applicant's deadline has changed and presses no longer.",
  },
  time_enough: {
    id: 'Laporannya diperkirakan selesai sebelum batas waktu pemohon.',
    en: "The ticket should now be done before the applicant's deadline.",
  },
  wait_known: {
    id: 'Petugas menandai laporannya "sudah diketahui, tunggu".',
    en: 'An officer has marked its ticket as "known, wait".',
  },
  centre_incident: {
    id: 'Yang terlambat adalah pusat: sudah ada satu eskalasi gangguan untuk semua laporan.',
    en: 'It is the centre that is late: one incident tells of it for all tickets.',
  },
  contest_judged: {
    id: 'Keberatan atas laporannya sudah diperiksa ke pusat.',
    en: 'The centre has been read about its contested ticket.',
  },
  ticket_resolved: { id: 'Laporannya sudah selesai.', en: 'Its ticket is resolved.' },
  ticket_rejected: { id: 'Laporannya sudah ditolak.', en: 'Its ticket has been rejected.' },
  ticket_cancelled: { id: 'Laporannya sudah dibatalkan.', en: 'Its ticket has been cancelled.' },
  ticket_merged: {
    id: 'Laporannya digabung ke laporan lain atas NIK yang sama.',
    en: 'Its ticket has been merged into another on the same NIK.',
  },
  transferred: {
    id: 'Laporannya sudah pindah ke kantor lain; petugas di sana sedang ditanya.',
    en: 'Its ticket has moved to another office; the people there are being asked.',
  },
  recovered: { id: 'Pusat sudah pulih.', en: 'The centre has recovered.' },
  by_officer: { id: 'Petugas lain sudah menyelesaikannya.', en: 'Another officer has resolved it.' },
};
