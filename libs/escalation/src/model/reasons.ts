import type { Escalation, EscalationReason } from './escalation';
import { incidentRegion } from './incident';
import type { Text } from '@sinkron/observability';

interface ReasonText {
  /** One sentence, as anybody may read it, a contact at the centre included. */
  sentence: Text;
  /** What the officers of the desk should know besides. */
  advice?: Text;
}

type Detail = Escalation['detail'];

/** The only table of these reasons in words; the compiler asks for a row for each. */
const reasons: Record<EscalationReason, ReasonText | ((detail: Detail) => ReasonText)> = {
  overdue: {
    sentence: {
      id: 'Sudah lewat 1×24 jam dan pusat belum sesuai.',
      en: '24 hours have passed and the centre does not match yet.',
    },
  },
  officer_flag: {
    sentence: { id: 'Ditandai darurat oleh petugas.', en: 'An officer flagged it as urgent.' },
  },
  unlikely_before_deadline: unlikelyBeforeDeadline,
  deadline_before_due: {
    sentence: {
      id: 'Pendaftaran pemohon tutup sebelum batas sinkron.',
      en: "The applicant's registration closes before the resync is due.",
    },
  },
  standstill: {
    sentence: { id: 'Sudah terlalu lama menunggu.', en: 'It has been waiting too long.' },
  },
  wait_over: {
    sentence: {
      id: 'Waktu tunggu yang ditetapkan petugas habis dan laporan belum selesai.',
      en: 'The wait that an officer had set is over and the ticket is not done.',
    },
  },
  centre_not_taking: {
    sentence: {
      id: 'Pusat tidak menerima kiriman konsolidasi kita.',
      en: 'The centre does not take our consolidations.',
    },
  },
  centre_rejects_us: {
    sentence: {
      id: 'Pusat menolak akun atau alamat kita.',
      en: 'The centre rejects our account or address.',
    },
  },
  request_invalid: {
    sentence: {
      id: 'Pusat menganggap permintaan kita tidak lengkap.',
      en: 'The centre finds our requests incomplete.',
    },
    advice: {
      id: 'Pengelola sistem harus memperbaikinya.',
      en: 'The operators of the system must correct them.',
    },
  },
  centre_delayed: {
    sentence: {
      id: 'Data di pusat jauh lebih lambat berubah daripada biasanya.',
      en: 'Data at the centre change far more slowly than usual.',
    },
  },
  centre_not_answering: {
    sentence: {
      id: 'Pusat tidak menjawab pembacaan kita.',
      en: 'The centre does not answer our readings.',
    },
  },
};

/** A probability is told with the number of tickets that it rests on. */
function unlikelyBeforeDeadline(detail: Detail): ReasonText {
  const percent = Math.round(Number(detail?.probability ?? 0) * 100);
  const sample = detail?.sampleSize ?? '?';
  return {
    sentence: {
      id: `Kemungkinan selesai sebelum pendaftaran pemohon tutup hanya ${percent} % (dari ${sample} kasus).`,
      en: `Only ${percent} % likely to be done before the applicant's registration closes (from ${sample} tickets).`,
    },
  };
}

/** What the reason is read from. */
export type Reasoned = Pick<Escalation, 'reason' | 'detail'>;

/** Why a person must know, for officers. */
export function reasonText(escalation: Reasoned): Text {
  const { sentence, advice } = rowOf(escalation);
  return advice ? { id: `${sentence.id} ${advice.id}`, en: `${sentence.en} ${advice.en}` } : sentence;
}

/** The same in one sentence, for a contact at the centre. */
export function reasonSentence(escalation: Reasoned): Text {
  return rowOf(escalation).sentence;
}

function rowOf({ reason, detail }: Reasoned): ReasonText {
  const row = reasons[reason];
  return typeof row === 'function' ? row(detail) : row;
}

/** What it is about, as people name it: the ticket's code, or that it is an incident and of which region. */
export function subjectText({
  id,
  ticketCode,
  incident,
}: Pick<Escalation, 'id' | 'ticketCode' | 'incident'>): Text {
  if (incident === null) return { id: ticketCode ?? id, en: ticketCode ?? id };
  const region = incidentRegion(incident);
  return region === null
    ? { id: 'Gangguan pusat', en: 'Incident at the centre' }
    : { id: `Gangguan pusat (wilayah ${region})`, en: `Incident at the centre (region ${region})` };
}
