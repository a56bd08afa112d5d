import { ticketFields } from './ticket-fields';
import { Ticket } from '@sinkron/tickets';
import { getMetadataArgsStorage } from 'typeorm';

/** Columns of a ticket that its views show under another name or not at all; what is added to the table is one or the other. */
const elsewhere = [
  'id',
  'personId',
  'openMarker',
  /** What they come to is in `status`, `reason` and `links`. */
  'claimNo',
  'identityDisputed',
  /** `office` */
  'officeId',
  'statementId',
  /** `delivery` */
  'push',
  /** Views of officers say `waitsFor` as `reason`; the held ticket has both. */
  'reason',
  'waitsFor',
  'waitingSince',
  'roundAt',
  'deadlineStated',
  'pushedAt',
  'suspendedAt',
  /** The history says them to officers, the status to the applicant. */
  'missingDocuments',
  'heldBy',
  /** `known` */
  'snoozedUntil',
  'snoozeNoteId',
  'proofId',
  'wipedAt',
  'seq',
  'headHash',
  'version',
];

it('a column of a ticket is one of its shown fields, or is listed here', () => {
  const columns = getMetadataArgsStorage()
    .filterColumns(Ticket)
    .map(({ propertyName }) => propertyName);
  const shown = Object.keys(ticketFields.shape);
  expect(columns.filter((name) => !shown.includes(name)).sort()).toEqual(elsewhere.sort());
});
