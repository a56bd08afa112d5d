import type { Doubt } from './risk';
import type { identityDisputed, Ticket } from './ticket';
import type { Rejection, suspensions } from './vocabulary';
import type { DerivedReason } from './waiting';
import type { Text } from '@sinkron/observability';
import type { CentreFault, HeldBack, Refusal } from '@sinkron/registry';

/** Who has to do something before a ticket that waits can go on. */
export const owners = ['centre', 'desk', 'officer', 'applicant', 'supervisor'] as const;
export type Owner = (typeof owners)[number];

/** Why a ticket, or the work on it, waits. */
export type Reason =
  | (typeof suspensions)[number]
  | CentreFault
  | Refusal
  | HeldBack
  | 'quota_kept'
  | DerivedReason
  | Doubt
  | typeof identityDisputed
  | 'closed'
  | 'pushes_used_up'
  | 'internal_error';

/** Why an officer rejected a ticket; a code may also be that of a wait, so the name says which it is. */
type RejectionReason = `rejected:${Rejection}`;

/**
 * For every reason who has to act, and what an officer reads. One that is missing does not compile; after a rejection
 * nobody has to act.
 */
export const reasons: Record<Reason, { owner: Owner; sentence: Text }> &
  Record<RejectionReason, { owner: null; sentence: Text }> = {
  // It goes on by itself
  waiting_for_hand_over: {
    owner: 'desk',
    sentence: {
      id: 'Menunggu dikirim ke pusat. Berjalan otomatis.',
      en: 'Waiting to be pushed to the centre. It goes on by itself.',
    },
  },
  waiting_for_new_push: {
    owner: 'desk',
    sentence: {
      id: 'Kiriman sebelumnya tidak berlaku di pusat; menunggu dikirim ulang. Berjalan otomatis.',
      en: 'The last push came to nothing at the centre; waiting to be sent again. It goes on by itself.',
    },
  },
  waiting_for_resync: {
    owner: 'centre',
    sentence: {
      id: 'Pusat sudah menerima kiriman; menunggu data di pusat berubah. Diperiksa berkala otomatis.',
      en: 'The centre has taken the push; waiting for its data to change. It is read again by itself.',
    },
  },
  contested: {
    owner: 'centre',
    sentence: {
      id: 'Penyelesaiannya dipertanyakan; menunggu pusat dibaca lagi. Berjalan otomatis.',
      en: 'Its resolution is contested; waiting for the centre to be read again. It goes on by itself.',
    },
  },
  centre_incident: {
    owner: 'centre',
    sentence: {
      id: 'Gangguan umum di pusat; waktu laporan ini dihentikan sementara dan berjalan lagi setelah pulih.',
      en: 'A general fault at the centre; the clock of this ticket stands still until it is over.',
    },
  },
  // Suspensions
  requirements_unmet: {
    owner: 'applicant',
    sentence: {
      id: 'Ditangguhkan: persyaratan belum lengkap. Lanjutkan setelah pemohon melengkapi.',
      en: 'Suspended: requirements are not met. Resume when the applicant has completed them.',
    },
  },
  directions_not_followed: {
    owner: 'applicant',
    sentence: {
      id: 'Ditangguhkan: arahan petugas belum diikuti pemohon.',
      en: 'Suspended: the applicant has not followed the directions.',
    },
  },
  subject_request: {
    owner: 'applicant',
    sentence: {
      id: 'Ditangguhkan atas permintaan pemilik data: tidak ada yang dikirim ke pusat. Lanjutkan hanya bila ia memintanya.',
      en: 'Suspended at the wish of the person concerned: nothing is sent to the centre. Resume only when they ask for it.',
    },
  },
  off_procedure: {
    owner: 'officer',
    sentence: { id: 'Ditangguhkan: tidak sesuai prosedur.', en: 'Suspended: off procedure.' },
  },
  other: {
    owner: 'officer',
    sentence: { id: 'Alasan lain; lihat catatan.', en: 'Another reason; see the note.' },
  },
  // The centre is in trouble: the ticket waits and is tried again by itself
  time_out: {
    owner: 'centre',
    sentence: {
      id: 'Pusat tidak menjawab tepat waktu. Dicoba lagi otomatis.',
      en: 'The centre did not answer in time. It is tried again by itself.',
    },
  },
  server_error: {
    owner: 'centre',
    sentence: {
      id: 'Pusat sedang mengalami gangguan. Dicoba lagi otomatis.',
      en: 'The centre has a fault. It is tried again by itself.',
    },
  },
  connection_lost: {
    owner: 'centre',
    sentence: {
      id: 'Sambungan ke pusat terputus. Dicoba lagi otomatis.',
      en: 'The connection to the centre was lost. It is tried again by itself.',
    },
  },
  nonsense: {
    owner: 'centre',
    sentence: {
      id: 'Jawaban pusat tidak terbaca. Dicoba lagi otomatis.',
      en: "The centre's answer cannot be read. It is tried again by itself.",
    },
  },
  too_many_requests: {
    owner: 'centre',
    sentence: {
      id: 'Pusat meminta kita melambat. Dicoba lagi otomatis.',
      en: 'The centre asks us to slow down. It is tried again by itself.',
    },
  },
  quota_used_up: {
    owner: 'centre',
    sentence: {
      id: 'Kuota hari ini di pusat habis. Dilanjutkan otomatis setelah 00.00 WIB.',
      en: "Today's quota at the centre is used up. It goes on by itself after 00:00 WIB.",
    },
  },
  outside_hours: {
    owner: 'centre',
    sentence: {
      id: 'Di luar jam layanan pusat. Dilanjutkan otomatis saat dibuka.',
      en: "Outside the centre's hours. It goes on by itself when they begin.",
    },
  },
  configuration: {
    owner: 'supervisor',
    sentence: {
      id: 'Akun atau alamat kita ditolak pusat. Pengelola sistem harus memperbaikinya.',
      en: 'The centre rejects our account or address. The operators of the system must fix it.',
    },
  },
  closed: {
    owner: 'desk',
    sentence: {
      id: 'Pengiriman ke pusat sedang dijeda. Dilanjutkan otomatis.',
      en: 'Sending to the centre is paused. It goes on by itself.',
    },
  },
  // We hold back ourselves: it is tried again by itself
  rate_limited: {
    owner: 'desk',
    sentence: {
      id: 'Menunggu giliran: jumlah permintaan kita ke pusat dibatasi. Dilanjutkan otomatis menurut urutan.',
      en: 'Waiting for its turn: our calls to the centre are limited. It goes on by itself, in order.',
    },
  },
  line_down: {
    owner: 'desk',
    sentence: {
      id: 'Sambungan ke pusat baru saja gagal beberapa kali. Dicoba lagi otomatis sebentar lagi.',
      en: 'The connection to the centre has just failed several times. It is tried again by itself in a moment.',
    },
  },
  quota_kept: {
    owner: 'desk',
    sentence: {
      id: 'Kuota hari ini hampir habis dan disimpan untuk kiriman baru dan kasus darurat. Dibaca lagi otomatis nanti.',
      en: "Today's quota is nearly used up and kept for pushes and urgent tickets. It is read again by itself later.",
    },
  },
  // A person must act
  deceased: {
    owner: 'officer',
    sentence: {
      id: 'Pusat mencatat orang ini meninggal. Periksa dokumen dan bicarakan langsung dengan pemohon.',
      en: 'The centre has this person recorded as deceased. Check the papers and talk with the applicant in person.',
    },
  },
  duplicate_data: {
    owner: 'officer',
    sentence: {
      id: 'Pusat menemukan data ganda untuk NIK ini. Perlu penunggalan data oleh petugas.',
      en: 'The centre found duplicate data for this NIK. An officer must have it made single.',
    },
  },
  inactive: {
    owner: 'officer',
    sentence: {
      id: 'NIK ini nonaktif di pusat. Perlu pengaktifan oleh petugas.',
      en: 'This NIK is inactive at the centre. An officer must have it activated.',
    },
  },
  cannot_be_processed: {
    owner: 'officer',
    sentence: {
      id: 'Pusat tidak dapat memproses data ini. Periksa isiannya, koreksi, atau eskalasi.',
      en: 'The centre cannot process this record. Check the values, correct them, or escalate.',
    },
  },
  nik_format: {
    owner: 'officer',
    sentence: {
      id: 'Pusat menolak bentuk NIK. Cocokkan dengan dokumen lalu koreksi.',
      en: 'The centre refuses the form of the NIK. Compare with the papers and correct it.',
    },
  },
  unknown_nik: {
    owner: 'officer',
    sentence: {
      id: 'NIK ini belum ada di pusat. Tidak ada yang dikirim sampai petugas menyebut dokumen mana yang memuat NIK ini (konfirmasi), atau NIK dikoreksi.',
      en: 'The centre does not know this NIK. Nothing is pushed until an officer says which paper shows it (confirm), or the NIK is corrected.',
    },
  },
  name_or_more_differs: {
    owner: 'officer',
    sentence: {
      id: 'Nama, atau dua data lahir sekaligus, di pusat berbeda dari laporan. Tidak ada yang dikirim sampai petugas mencocokkan dokumen (konfirmasi) atau mengoreksi isian.',
      en: 'The name, or two of the birth data, differ at the centre. Nothing is pushed until an officer compares the paper (confirm) or corrects the values.',
    },
  },
  somebody_else: {
    owner: 'supervisor',
    sentence: {
      id: 'NIK ini di pusat tercatat atas nama orang lain. Tidak ada yang dikirim sampai penyelia, bukan pencatat laporan, mencocokkan dokumen (konfirmasi), atau NIK dikoreksi.',
      en: "At the centre this NIK is another person's. Nothing is pushed until a supervisor, not whoever logged it, compares the paper (confirm), or the NIK is corrected.",
    },
  },
  identity_disputed: {
    owner: 'officer',
    sentence: {
      id: 'NIK ini juga dilaporkan oleh orang lain dengan nama dan tanggal lahir berbeda. Tidak ada yang dikirim sampai salah satunya dikoreksi, digabung, atau ditolak.',
      en: 'Somebody with another name and birth date has complained about this NIK too. Nothing is pushed until one of the two is corrected, merged or rejected.',
    },
  },
  pushes_used_up: {
    owner: 'officer',
    sentence: {
      id: 'Sudah dikirim tiga kali dan pusat belum berubah. Hubungi pusat lewat eskalasi.',
      en: 'Pushed three times and the centre has not changed. Contact the centre by an escalation.',
    },
  },
  parameters_invalid: {
    owner: 'supervisor',
    sentence: {
      id: 'Permintaan kita dianggap tidak lengkap oleh pusat. Laporkan kepada pengelola sistem.',
      en: 'The centre finds our request incomplete. Report it to the operators of the system.',
    },
  },
  internal_error: {
    owner: 'supervisor',
    sentence: {
      id: 'Ada kesalahan pada sistem kita. Laporkan kepada pengelola sistem, lalu kirim ulang.',
      en: 'Something failed in our system. Report it to the operators, then push again.',
    },
  },
  // Rejected
  'rejected:wrong_line': {
    owner: null,
    sentence: {
      id: 'Ditolak: bukan untuk layanan ini. Arahkan pemohon ke layanan yang benar.',
      en: 'Rejected: not for this service. Direct the applicant to the right one.',
    },
  },
  'rejected:not_a_mismatch': {
    owner: null,
    sentence: {
      id: 'Ditolak: bukan masalah NIK/KK yang tidak cocok.',
      en: 'Rejected: this is no NIK/KK mismatch.',
    },
  },
  'rejected:not_the_applicant': {
    owner: null,
    sentence: {
      id: 'Ditolak: pelapor tidak berhak melaporkan data ini.',
      en: 'Rejected: whoever reported it may not do so for this person.',
    },
  },
  'rejected:invalid_documents': {
    owner: null,
    sentence: {
      id: 'Ditolak: dokumen yang ditunjukkan tidak berlaku.',
      en: 'Rejected: the documents shown are not valid.',
    },
  },
  'rejected:other': {
    owner: null,
    sentence: { id: 'Ditolak: alasan lain; lihat catatan.', en: 'Rejected: another reason; see the note.' },
  },
};

/** What a ticket may wait for, as codes for filters. */
export const reasonCodes = Object.keys(reasons).filter((code) => !code.startsWith('rejected:')) as Reason[];

/** The row of a code that comes out of the database; one that this version does not know is for operations. */
export function reasonOf(code: string): { owner: Owner; sentence: Text } {
  const row = (reasons as Record<string, { owner: Owner; sentence: Text } | undefined>)[code];
  return row ?? { owner: 'supervisor', sentence: { id: `Alasan: ${code}.`, en: `Reason: ${code}.` } };
}

/** Why a ticket waits, rests or was rejected, in words; null when nothing more is to come of it. */
export function reasonTextOf({
  state,
  waitsFor,
  outcome,
}: Pick<Ticket, 'state' | 'waitsFor' | 'outcome'>): Text | null {
  if (state !== 'rejected') return waitsFor === null ? null : reasonOf(waitsFor).sentence;
  const row = (reasons as Record<string, { sentence: Text } | undefined>)[`rejected:${outcome}`];
  return row?.sentence ?? null;
}
