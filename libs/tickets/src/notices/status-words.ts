import type { PublicStatus } from '../model/lifecycle';
import { documentsInWords, whereAgain } from './notice-words';
import { isDoubt } from '../model/risk';
import { identityDisputed, type Ticket } from '../model/ticket';
import type { rejections, suspensions } from '../model/vocabulary';
import type { Text } from '@sinkron/observability';

/**
 * What the applicant reads (R11): how it stands, and what to do next. No personal data, and no verdict on a person.
 * `{where}` is where their purpose lets them try again.
 */
export interface StatusWords {
  message: Text;
  nextStep: Text;
}

const justWait: Text = {
  id: 'Anda tidak perlu datang lagi. Cek halaman ini sampai batas waktunya.',
  en: 'You need not come again. Check here until the time given.',
};
const askOffice: Text = {
  id: 'Hubungi atau datangi kantor Dukcapil tempat Anda melapor dengan membawa KTP dan KK asli.',
  en: 'Contact or visit the office where you reported, with your original ID and family card.',
};

const words: Record<PublicStatus, StatusWords> = {
  received: {
    message: {
      id: 'Laporan Anda sudah kami terima dan sedang diperiksa ke data pusat.',
      en: 'We have your report and are checking it with the central data.',
    },
    nextStep: justWait,
  },
  queued: {
    message: {
      id: 'Data Anda di pusat belum sama dengan dokumen. Pembaruan sedang menunggu diterima pusat.',
      en: 'The central data do not match your papers yet. The update is waiting for the centre to take it.',
    },
    nextStep: justWait,
  },
  syncing: {
    message: {
      id: 'Pusat sudah menerima pembaruan data Anda. Biasanya selesai dalam 1×24 jam.',
      en: 'The centre has taken the update of your data. It is usually done within 24 hours.',
    },
    nextStep: {
      id: 'Anda tidak perlu datang lagi. Coba lagi {where} setelah status ini menjadi selesai.',
      en: 'You need not come again. Try again {where} when this status says that it is done.',
    },
  },
  in_review: {
    message: {
      id: 'Petugas sedang memeriksa laporan Anda.',
      en: 'An officer is looking into your report.',
    },
    nextStep: {
      id: 'Petugas akan menghubungi Anda bila perlu. Anda juga boleh menghubungi kantor tempat Anda melapor.',
      en: 'An officer will contact you if needed. You may also contact the office where you reported.',
    },
  },
  overdue: {
    message: {
      id: 'Mohon maaf, laporan Anda belum selesai pada batas waktunya. Petugas sudah diberi tahu dan menindaklanjuti.',
      en: 'We are sorry: your report was not done in time. An officer has been told and is acting on it.',
    },
    nextStep: {
      id: 'Bila pendaftaran Anda hampir tutup, segera hubungi kantor tempat Anda melapor.',
      en: 'If your registration closes soon, contact the office where you reported now.',
    },
  },
  suspended: {
    message: { id: 'Laporan Anda sedang ditangguhkan.', en: 'Your report is suspended.' },
    nextStep: askOffice,
  },
  awaiting_documents: {
    message: {
      id: 'Persyaratan laporan Anda belum lengkap, jadi prosesnya kami hentikan sementara.',
      en: 'Some requirements are missing, so your report is on hold.',
    },
    nextStep: {
      id: 'Lengkapi persyaratan di kantor tempat Anda melapor; antrean Anda tetap disimpan.',
      en: 'Bring what is missing to the office where you reported; your place is kept.',
    },
  },
  resolved: {
    message: {
      id: 'Selesai. Data Anda di pusat sudah sama dengan dokumen.',
      en: 'Done. The central data match your papers.',
    },
    nextStep: {
      id: 'Silakan coba lagi {where} dengan NIK dan nomor KK dari KK terbaru.',
      en: 'Try again {where} with your NIK and the number of your newest family card.',
    },
  },
  rejected: {
    message: {
      id: 'Laporan ini tidak dapat kami teruskan.',
      en: 'We cannot take this report further.',
    },
    nextStep: askOffice,
  },
  cancelled: {
    message: { id: 'Laporan ini sudah dibatalkan.', en: 'This report was cancelled.' },
    nextStep: {
      id: 'Bila masalahnya masih ada, buat laporan baru di kantor Dukcapil.',
      en: 'If the problem is still there, make a new report at the registry office.',
    },
  },
};

type Told = Exclude<
  (typeof suspensions)[number] | (typeof rejections)[number],
  'other' | 'requirements_unmet'
>;

/** What an officer's reason adds to the message; a reason of the centre is never told by machine. */
const reasons: Record<Told, Text> = {
  directions_not_followed: {
    id: 'Arahan petugas belum diikuti.',
    en: "The officer's directions have not been followed.",
  },
  subject_request: {
    id: 'Prosesnya dihentikan atas permintaan Anda sendiri.',
    en: 'It was stopped at your own request.',
  },
  off_procedure: {
    id: 'Laporan belum sesuai prosedur.',
    en: 'The report does not follow the procedure.',
  },
  wrong_line: {
    id: 'Keperluan ini dilayani di layanan lain.',
    en: 'Another service takes care of this.',
  },
  not_a_mismatch: {
    id: 'Masalahnya bukan ketidakcocokan NIK dan KK.',
    en: 'The problem is no mismatch of NIK and KK.',
  },
  not_the_applicant: {
    id: 'Laporan harus dibuat oleh yang bersangkutan.',
    en: 'The report must be made by the person concerned.',
  },
  invalid_documents: {
    id: 'Dokumen yang ditunjukkan tidak berlaku.',
    en: 'The documents shown are not valid.',
  },
};

/** What differs from the words of the status, by the facts of the ticket. */
const correctionWaits: Text = {
  id: 'Perbaikan isian laporan Anda sedang menunggu diterima pusat.',
  en: 'The correction of your report is waiting for the centre to take it.',
};

/** Whatever is doubtful, the applicant can help in one way; whose NIK it may be is told to nobody by machine. */
const papersNeeded: Text = {
  id: 'Petugas perlu mencocokkan dokumen asli Anda.',
  en: 'An officer has to compare your original papers.',
};

function needsPapers({ status, reason }: Facts): boolean {
  return status === 'in_review' && (reason === identityDisputed || isDoubt(reason));
}

type Facts = Pick<Ticket, 'status' | 'reason' | 'outcome' | 'purpose' | 'push' | 'missingDocuments'>;

/** The sentences for a ticket, from its facts alone. */
export function wordsFor(facts: Facts): StatusWords {
  const { message, nextStep } = words[facts.status];
  // What was stated anew is not at the centre yet, although an earlier push was taken.
  const begun = facts.status === 'syncing' && facts.push === 'waiting' ? correctionWaits : message;
  return {
    message: [begun, ...because(facts)].reduce(joined),
    nextStep: placed(needsPapers(facts) ? askOffice : nextStep, whereAgain[facts.purpose]),
  };
}

function because(facts: Facts): Text[] {
  const { status, reason, outcome, missingDocuments } = facts;
  if (status === 'awaiting_documents') {
    const { id, en } = documentsInWords(missingDocuments ?? []);
    return [{ id: `Yang kurang: ${id}.`, en: `Missing: ${en}.` }];
  }
  if (needsPapers(facts)) return [papersNeeded];
  const code = status === 'rejected' ? outcome : status === 'suspended' ? reason : null;
  const told = (reasons as Record<string, Text | undefined>)[code ?? ''];
  return told ? [told] : [];
}

const joined = (one: Text, next: Text): Text => ({ id: `${one.id} ${next.id}`, en: `${one.en} ${next.en}` });

const placed = ({ id, en }: Text, where: Text): Text => ({
  id: id.replace('{where}', where.id),
  en: en.replace('{where}', where.en),
});
