import type { CorrectedApplicant, Warning } from '../intake/complaint';
import type { Applicant } from '../model/applicant';
import type { Ticket } from '../model/ticket';
import type { Purpose } from '../model/vocabulary';

/** What a correction may give. */
export interface GivenValues {
  applicant?: CorrectedApplicant | undefined;
  purpose?: Purpose | undefined;
  /** Null takes away what was stated: the closing day of the purpose counts, if there is one. */
  deadlineAt?: Date | null | undefined;
}

/**
 * Of a correction what is another value than before; the rest is as if it had not been given.
 * @param after the corrected applicant as a whole, folded and judged
 * @returns null when nothing is
 */
export function whatChanges<Given extends GivenValues>(
  given: Given,
  { before, after, ticket }: { before: Applicant; after: Applicant; ticket: TicketFacts },
): Given | null {
  const { applicant, purpose, deadlineAt } = given;
  const fields = Object.entries(applicant ?? {}).filter(
    ([field]) => spaced(before[field as keyof Applicant]) !== spaced(after[field as keyof Applicant]),
  );
  const changes = {
    applicant: fields.length > 0 ? (Object.fromEntries(fields) as CorrectedApplicant) : undefined,
    purpose: purpose === ticket.purpose ? undefined : purpose,
    deadlineAt: isStated(deadlineAt, ticket) ? undefined : deadlineAt,
  };
  const isNothing = Object.values(changes).every((value) => value === undefined);
  return isNothing ? null : { ...given, ...changes };
}

function spaced(value: string | undefined): string | undefined {
  return value?.replace(/\s+/g, ' ');
}

/** What the ticket says of its deadline now. */
export type TicketFacts = Pick<Ticket, 'purpose' | 'deadlineAt' | 'deadlineStated'>;

function isStated(deadlineAt: GivenValues['deadlineAt'], ticket: TicketFacts): boolean {
  if (deadlineAt === null) return !ticket.deadlineStated;
  return ticket.deadlineStated && deadlineAt?.getTime() === ticket.deadlineAt?.getTime();
}

export const nothingChanged: Warning = {
  field: 'applicant',
  code: 'nothing_changed',
  message: {
    id: 'Semua nilai ini sudah tercatat, jadi tidak ada yang diubah atau dikirim ulang. Untuk catatan pakai "notes"; untuk mengirim ulang pakai "repush".',
    en: 'All these values are on record, so nothing was changed or pushed again. Use "notes" for a note, "repush" to push again.',
  },
};
