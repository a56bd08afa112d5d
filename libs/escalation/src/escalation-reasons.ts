import type { Escalation, EscalationReason } from './escalation';
import type { Text } from '@sinkron/observability';

const reasons: Record<Exclude<EscalationReason, 'unlikely_before_deadline'>, Text> = {
  overdue: {
    id: 'Sudah lewat 1×24 jam dan pusat belum sesuai.',
    en: '24 hours have passed and the centre does not match yet.',
  },
  officer_flag: { id: 'Ditandai darurat oleh petugas.', en: 'An officer flagged it as urgent.' },
  deadline_before_due: {
    id: 'Pendaftaran pemohon tutup sebelum batas sinkron.',
    en: "The applicant's registration closes before the resync is due.",
  },
  standstill: { id: 'Sudah terlalu lama menunggu.', en: 'It has been standing still too long.' },
  wait_over: {
    id: 'Waktu tunggu yang ditetapkan petugas habis dan laporan belum selesai.',
    en: 'The wait that an officer had set is over and the case is not done.',
  },
  centre_not_taking: {
    id: 'Pusat tidak menerima kiriman konsolidasi kita.',
    en: 'The centre does not take our consolidations.',
  },
  centre_rejects_us: {
    id: 'Pusat menolak akun atau alamat kita.',
    en: 'The centre rejects our account or address.',
  },
  request_invalid: {
    id: 'Pusat menganggap permintaan kita tidak lengkap. Pengelola sistem harus memperbaikinya.',
    en: 'The centre finds our requests incomplete. The operators of the system must mend it.',
  },
  centre_delayed: {
    id: 'Data di pusat jauh lebih lambat berubah daripada biasanya.',
    en: 'Data at the centre change far more slowly than usual.',
  },
  centre_not_answering: {
    id: 'Pusat tidak menjawab pembacaan kita.',
    en: 'The centre does not answer our readings.',
  },
};

/** Why a person must know, in a sentence; a probability is told with the number of cases that it rests on. */
export function reasonText({ reason, detail }: Pick<Escalation, 'reason' | 'detail'>): Text {
  if (reason !== 'unlikely_before_deadline') return reasons[reason];
  const percent = Math.round(Number(detail?.probability ?? 0) * 100);
  const cases = detail?.sampleSize ?? '?';
  return {
    id: `Kemungkinan selesai sebelum pendaftaran pemohon tutup hanya ${percent} % (dari ${cases} kasus).`,
    en: `Only ${percent} % likely to be done before the applicant's registration closes (from ${cases} cases).`,
  };
}
