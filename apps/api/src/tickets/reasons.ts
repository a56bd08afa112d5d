import type { Text } from '@sinkron/observability';
import type { CentreFault, Refusal } from '@sinkron/registry';
import type { Ticket, rejections, suspensions } from '@sinkron/tickets';

type Reason =
  | (typeof suspensions)[number]
  | (typeof rejections)[number]
  | CentreFault
  | Refusal
  | 'closed'
  | 'pushes_used_up'
  | 'internal_error';

/** A sentence for the officer for every reason for which a case waits, rests or was refused, and what to do. */
const sentences: Record<Reason, Text> = {
  // Suspensions
  requirements_unmet: {
    id: 'Ditangguhkan: persyaratan belum lengkap. Lanjutkan setelah pemohon melengkapi.',
    en: 'Suspended: requirements are not met. Resume when the applicant has completed them.',
  },
  directions_not_followed: {
    id: 'Ditangguhkan: arahan petugas belum diikuti pemohon.',
    en: 'Suspended: the applicant has not followed the directions.',
  },
  off_procedure: {
    id: 'Ditangguhkan: tidak sesuai prosedur.',
    en: 'Suspended: off procedure.',
  },
  // Rejections
  wrong_line: {
    id: 'Ditolak: bukan untuk layanan ini. Arahkan pemohon ke layanan yang benar.',
    en: 'Rejected: not for this line. Direct the applicant to the right one.',
  },
  not_a_mismatch: {
    id: 'Ditolak: bukan masalah NIK/KK yang tidak cocok.',
    en: 'Rejected: this is no NIK/KK mismatch.',
  },
  not_the_applicant: {
    id: 'Ditolak: pelapor tidak berhak melaporkan data ini.',
    en: 'Rejected: whoever reported it may not do so for this person.',
  },
  invalid_documents: {
    id: 'Ditolak: dokumen yang ditunjukkan tidak berlaku.',
    en: 'Rejected: the documents shown are not valid.',
  },
  other: { id: 'Alasan lain; lihat catatan.', en: 'Another reason; see the note.' },
  // The centre is in trouble: the case waits and is tried again by itself
  time_out: {
    id: 'Pusat tidak menjawab tepat waktu. Dicoba lagi otomatis.',
    en: 'The centre did not answer in time. It is tried again by itself.',
  },
  server_error: {
    id: 'Pusat sedang mengalami gangguan. Dicoba lagi otomatis.',
    en: 'The centre has a fault. It is tried again by itself.',
  },
  connection_lost: {
    id: 'Sambungan ke pusat terputus. Dicoba lagi otomatis.',
    en: 'The connection to the centre was lost. It is tried again by itself.',
  },
  nonsense: {
    id: 'Jawaban pusat tidak terbaca. Dicoba lagi otomatis.',
    en: "The centre's answer cannot be read. It is tried again by itself.",
  },
  too_many_requests: {
    id: 'Pusat meminta kita melambat. Dicoba lagi otomatis.',
    en: 'The centre asks us to slow down. It is tried again by itself.',
  },
  quota_used_up: {
    id: 'Kuota hari ini di pusat habis. Dilanjutkan otomatis setelah 00.00 WIB.',
    en: "Today's quota at the centre is used up. It goes on by itself after 00:00 WIB.",
  },
  outside_hours: {
    id: 'Di luar jam layanan pusat. Dilanjutkan otomatis saat dibuka.',
    en: "Outside the centre's hours. It goes on by itself when they begin.",
  },
  configuration: {
    id: 'Akun atau alamat kita ditolak pusat. Pengelola sistem harus memperbaikinya.',
    en: 'The centre rejects our account or address. The operators of the system must mend it.',
  },
  closed: {
    id: 'Pengiriman ke pusat sedang dijeda. Dilanjutkan otomatis.',
    en: 'Sending to the centre is paused. It goes on by itself.',
  },
  // A person must act
  deceased: {
    id: 'Pusat mencatat orang ini meninggal. Periksa dokumen dan bicarakan langsung dengan pemohon.',
    en: 'The centre has this person recorded as deceased. Check the papers and talk with the applicant in person.',
  },
  duplicate_data: {
    id: 'Pusat menemukan data ganda untuk NIK ini. Perlu penunggalan data oleh petugas.',
    en: 'The centre found duplicate data for this NIK. An officer must have it made single.',
  },
  inactive: {
    id: 'NIK ini nonaktif di pusat. Perlu pengaktifan oleh petugas.',
    en: 'This NIK is inactive at the centre. An officer must have it activated.',
  },
  cannot_be_processed: {
    id: 'Pusat tidak dapat memproses data ini. Periksa isiannya, koreksi, atau eskalasi.',
    en: 'The centre cannot process this record. Check the values, correct them, or escalate.',
  },
  nik_format: {
    id: 'Pusat menolak bentuk NIK. Cocokkan dengan dokumen lalu koreksi.',
    en: 'The centre refuses the form of the NIK. Compare with the papers and correct it.',
  },
  pushes_used_up: {
    id: 'Sudah dikirim tiga kali dan pusat belum berubah. Hubungi pusat lewat eskalasi.',
    en: 'Pushed three times and the centre has not changed. Contact the centre by an escalation.',
  },
  parameters_invalid: {
    id: 'Permintaan kita dianggap tidak lengkap oleh pusat. Laporkan kepada pengelola sistem.',
    en: 'The centre finds our request incomplete. Report it to the operators of the system.',
  },
  internal_error: {
    id: 'Ada kesalahan pada sistem kita. Laporkan kepada pengelola sistem, lalu kirim ulang.',
    en: 'Something failed in our system. Report it to the operators, then push again.',
  },
};

/** Why a case waits, rests or was refused, in words; null while nothing holds it up. */
export function reasonText({
  state,
  reason,
  outcome,
}: Pick<Ticket, 'state' | 'reason' | 'outcome'>): Text | null {
  const code = state === 'rejected' ? outcome : reason;
  if (code === null) return null;
  return (
    (sentences as Record<string, Text | undefined>)[code] ?? {
      id: `Alasan: ${code}.`,
      en: `Reason: ${code}.`,
    }
  );
}
