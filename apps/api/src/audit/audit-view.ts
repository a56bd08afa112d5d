import type { AuditEntry } from '@sinkron/audit';
import { isId, pageQuery } from '@sinkron/database';
import type { OfficeTree } from '@sinkron/offices';
import { instant } from '@sinkron/tickets';
import { z } from 'zod';

/** An id as lists show it. */
export const listedId = z.string().refine(isId, {
  params: {
    code: 'id_unknown',
    message: { id: 'Pakai id seperti yang tampil di daftar.', en: 'Use an id as lists show it.' },
  },
});

export const auditQuery = pageQuery.extend({
  officer: listedId.optional().describe('Id of an officer'),
  ticket: z
    .string()
    .optional()
    .describe('Code of a ticket: what was done to it, and every reading that showed it'),
  action: z
    .string()
    .regex(/^[a-z_]{1,32}$/)
    .optional()
    .meta({ examples: ['search'] }),
  from: instant.optional().describe('The first instant'),
  to: instant.optional().describe('The first instant no more'),
});

/** A row of the audit: who looked at or did what, and never the data itself. */
export const auditView = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  officer: z.uuid().nullable().describe('Null: the operator at the command line, or an applicant'),
  office: z.string().nullable().describe('Code'),
  session: z.uuid().nullable().describe('The session or personal access token'),
  action: z.string().meta({ examples: ['case_read'] }),
  ticket: z.string().nullable().describe('Code of the ticket that it is about'),
  tickets: z.array(z.string()).describe('Codes of all tickets that were shown'),
  fields: z
    .array(z.string())
    .describe('Personal fields that were shown or changed')
    .meta({ examples: [['nik:masked']] }),
  detail: z.record(z.string(), z.unknown()).describe('What else is known: ids, codes and names of fields'),
  chain: z.uuid(),
  seq: z.int().describe('Number of the row in its chain'),
});
export type AuditView = z.output<typeof auditView>;

/** @param codes of the tickets that rows name by id */
export function viewAudit(
  entry: AuditEntry,
  { tree, codes }: { tree: OfficeTree; codes: ReadonlyMap<string, string> },
): AuditView {
  const { tickets, fields, ...detail } = entry.detail ?? {};
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    officer: entry.officerId,
    office: (entry.officeId && tree.find(entry.officeId)?.code) ?? null,
    session: entry.sessionId,
    action: entry.action,
    ticket: (entry.ticketId && codes.get(entry.ticketId)) ?? null,
    tickets: namesIn(tickets).map((ticket) => codes.get(ticket) ?? ticket),
    fields: namesIn(fields),
    detail,
    chain: entry.chainId,
    seq: entry.seq,
  };
}

/** The ids of the tickets that a row names. */
export function ticketsOf({ ticketId, detail }: AuditEntry): string[] {
  return [...(ticketId ? [ticketId] : []), ...namesIn(detail?.['tickets'])];
}

/** What a row's detail lists, e.g. `fields`. */
export function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
