import type { Text } from '@sinkron/observability';
import { reasonOf, type rejections, type Ticket } from '@sinkron/tickets';

/** Why an officer rejected it, in words; why it waits is in the table of reasons. */
const refusals: Record<(typeof rejections)[number], Text> = {
  wrong_line: {
    id: 'Ditolak: bukan untuk layanan ini. Arahkan pemohon ke layanan yang benar.',
    en: 'Rejected: not for this service. Direct the applicant to the right one.',
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
  other: { id: 'Ditolak: alasan lain; lihat catatan.', en: 'Rejected: another reason; see the note.' },
};

/** Why a ticket waits, is suspended or was rejected, in words; null when there is nothing to say. */
export function reasonText({
  state,
  waitsFor,
  outcome,
}: Pick<Ticket, 'state' | 'waitsFor' | 'outcome'>): Text | null {
  if (state === 'rejected') return refusals[outcome as keyof typeof refusals] ?? null;
  return waitsFor === null ? null : reasonOf(waitsFor).sentence;
}
