import { isoOrNull, time } from '../../http/times';
import type { OfficeTree } from '@sinkron/offices';
import {
  causes,
  channels,
  publicStatuses,
  purposes,
  pushStates,
  risks,
  services,
  type Ticket,
  ticketStates,
  verifications,
} from '@sinkron/tickets';
import { z } from 'zod';

export const officeName = z.object({ code: z.string(), name: z.string() });

/**
 * The ticket's own fields, described once: the list, the held ticket of a subject export and the CSV are made of them.
 * A field that is added here is in the list and in the export, and the compiler asks for its columns in the CSV.
 */
export const ticketFields = z.object({
  code: z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] }),
  service: z.enum(services),
  purpose: z.enum(purposes),
  cause: z.enum(causes),
  channel: z.enum(channels),
  office: officeName.describe('The office that handles it'),
  status: z.enum(publicStatuses),
  state: z.enum(ticketStates),
  delivery: z.enum(pushStates),
  verification: z.enum(verifications),
  contestedAt: time.nullable().describe('Since when its resolution is being checked again'),
  urgent: z.boolean(),
  overdue: z.boolean(),
  receivedAt: time,
  dueAt: time,
  deadlineAt: time.nullable().describe("When the applicant's own registration closes"),
  acceptedAt: time.nullable().describe('When the centre first accepted a push in this round'),
  closedAt: time.nullable(),
  outcome: z.string().nullable(),
  round: z.int(),
  pushes: z.int(),
  disputed: z.array(z.string()).nullable().describe('The fields that mismatched in the first reading'),
  risk: z
    .enum(risks)
    .nullable()
    .describe(
      'What a push would do at the centre, by the reading before it; all but `routine` await a confirmation',
    ),
  confirmedAt: time.nullable().describe('When the paper was confirmed for this risk'),
});
export type TicketFields = z.output<typeof ticketFields>;

/** Fills them from the row. `delivery` is the API's word for the state of the push. */
export function viewFields(ticket: Ticket, tree: OfficeTree): TicketFields {
  const { code, service, purpose, cause, channel, status, state, push, verification } = ticket;
  const { urgent, overdue, outcome, round, pushes, disputed, risk } = ticket;
  return {
    code,
    service,
    purpose,
    cause,
    channel,
    office: nameOffice(tree, ticket.officeId),
    status,
    state,
    delivery: push,
    verification,
    contestedAt: isoOrNull(ticket.contestedAt),
    urgent,
    overdue,
    receivedAt: ticket.receivedAt.toISOString(),
    dueAt: ticket.dueAt.toISOString(),
    deadlineAt: isoOrNull(ticket.deadlineAt),
    acceptedAt: isoOrNull(ticket.acceptedAt),
    closedAt: isoOrNull(ticket.closedAt),
    outcome,
    round,
    pushes,
    disputed,
    risk,
    confirmedAt: isoOrNull(ticket.confirmedAt),
  };
}

export function nameOffice(tree: OfficeTree, id: string): z.output<typeof officeName> {
  const office = tree.find(id);
  return { code: office?.code ?? '', name: office?.name ?? '' };
}
