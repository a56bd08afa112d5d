import { namesIn, ticketsOf } from '../audit/audit-view';
import { nameOffice, officeName } from '../tickets/views/ticket-fields';
import { heldTicket, heldStatement, viewHeldTicket, viewStatement } from './held-ticket-view';
import type { AuditEntry } from '@sinkron/audit';
import { cursorOf, timedCursor } from '@sinkron/database';
import type { OfficeTree } from '@sinkron/offices';
import type { SubjectHolding } from '@sinkron/privacy';
import { applicantSchema, prose, publicStatuses } from '@sinkron/tickets';
import { z } from 'zod';

const time = z.iso.datetime();

/** The NIK is sent in a body, never in an address, where logs would keep it. */
export const subjectExportBody = z
  .strictObject({
    nik: applicantSchema.shape.nik,
    reason: prose(500).describe('Why, in your own words; kept with the tickets'),
    trailCursor: timedCursor.optional().describe('`trail.nextCursor` of the document before'),
  })
  .meta({ example: { nik: '3319994107980001', reason: 'Permintaan akses data di loket, KTP diperiksa.' } });

const processing = z.object({
  at: time,
  action: z.string().meta({ examples: ['cases_listed'] }),
  officer: z.uuid().nullable().describe('Null: the operator at the command line, or an applicant'),
  office: z.string().nullable().describe('Code'),
  tickets: z.array(z.string()).describe('Codes: which of these tickets'),
  fields: z
    .array(z.string())
    .describe('Personal fields that were shown')
    .meta({ examples: [['nik:masked', 'name:masked']] }),
});

/** Everything that is held on one person within a scope; the same shape where there is nothing. */
export const subjectExport = z.object({
  exportedAt: time,
  cases: z.array(heldTicket).describe('Those that your offices handle, newest first'),
  shared: z
    .array(
      z.object({
        code: z.string(),
        office: officeName.describe('The office that handles it, to ask for the rest'),
        status: z.enum(publicStatuses),
        statements: z.array(heldStatement).describe('Those made at your offices'),
      }),
    )
    .describe('Tickets of other offices in which yours take part'),
  isCut: z.boolean().describe('There are older tickets than the 50 that are here'),
  trail: z
    .object({
      items: z.array(processing),
      nextCursor: z
        .string()
        .nullable()
        .describe(
          '`trailCursor` for what is older; a page reaches back 31 days or 500 rows, and may be empty',
        ),
    })
    .describe('Who read or changed `cases`, newest first, this export included'),
});
export type SubjectExportView = z.output<typeof subjectExport>;

export function viewSubject(held: SubjectHolding, tree: OfficeTree): SubjectExportView {
  const codes = new Map(held.cases.map(({ ticket }) => [ticket.id, ticket.code]));
  const { next } = held.trail;
  return {
    exportedAt: held.exportedAt.toISOString(),
    cases: held.cases.map((contents) => viewHeldTicket(contents, tree)),
    shared: held.shared.map(({ ticket, statements }) => ({
      code: ticket.code,
      office: nameOffice(tree, ticket.officeId),
      status: ticket.status,
      statements: statements.map((one) => viewStatement(one, tree)),
    })),
    isCut: held.isCut,
    trail: {
      items: held.trail.items.map((entry) => viewProcessing(entry, { tree, codes })),
      nextCursor: next && cursorOf(next),
    },
  };
}

/** Of a reading that showed many tickets, this person's alone. */
function viewProcessing(
  entry: AuditEntry,
  { tree, codes }: { tree: OfficeTree; codes: ReadonlyMap<string, string> },
): z.output<typeof processing> {
  const { at, action, officerId, officeId, detail } = entry;
  return {
    at: at.toISOString(),
    action,
    officer: officerId,
    office: (officeId && tree.find(officeId)?.code) ?? null,
    tickets: [...new Set(ticketsOf(entry).flatMap((id) => codes.get(id) ?? []))],
    fields: namesIn(detail?.['fields']),
  };
}
