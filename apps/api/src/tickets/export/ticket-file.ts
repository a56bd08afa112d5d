import type { Readable } from 'node:stream';
import { type Stringifier, stringify } from 'csv-stringify';
import type { TicketView } from '../views/ticket-view';

/**
 * The columns that each field of a view becomes, in the order of the file; a field without columns is not in it. The
 * compiler names a field of the view that is missing here.
 */
const columnsOf = {
  code: ['code'],
  service: ['service'],
  purpose: ['purpose'],
  cause: ['cause'],
  channel: ['channel'],
  office: ['office', 'officeName'],
  access: [],
  status: ['status'],
  state: ['state'],
  delivery: ['delivery'],
  verification: ['verification'],
  reason: ['reason'],
  reasonText: ['reasonText'],
  waitingSince: ['waitingSince'],
  known: [],
  contestedAt: ['contestedAt'],
  urgent: ['urgent'],
  overdue: ['overdue'],
  receivedAt: ['receivedAt'],
  dueAt: ['dueAt'],
  deadlineAt: ['deadlineAt'],
  acceptedAt: ['acceptedAt'],
  prediction: [],
  closedAt: ['closedAt'],
  wipedAt: ['wipedAt'],
  outcome: ['outcome'],
  resolvedInSeconds: ['resolvedInSeconds'],
  round: ['round'],
  pushes: ['pushes'],
  repeatCount: ['repeatCount'],
  disputed: [],
  risk: [],
  confirmedAt: [],
  applicant: ['name', 'nik', 'kk', 'phone'],
} as const satisfies Record<keyof TicketView, readonly string[]>;

type Column = (typeof columnsOf)[keyof TicketView][number] | 'cursor';
const columns: Column[] = [...Object.values(columnsOf).flat(), 'cursor'];

/** A row of the file: flat, and nothing in it that a list does not show. */
type Row = Record<Column, string | number | boolean | null>;

/** A ticket as a row. @param cursor goes on after it */
export function ticketRow(view: TicketView, cursor: string): Row {
  const { office, applicant, ...plain } = view;
  const { name = null, nik = null, kk = null, phone = null } = applicant ?? {};
  return { ...plain, office: office.code, officeName: office.name, name, nik, kk, phone, cursor };
}

/**
 * Rows as CSV (RFC 4180, UTF-8) while they are read. A text that a spreadsheet would take for a formula (`=`, `+`, `-`,
 * `@`, a tab or carriage return in front, full-width forms too) gets an apostrophe before it.
 */
export function ticketFile(rows: Readable): Stringifier {
  const file = stringify({
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });
  rows.on('error', (error) => file.destroy(error));
  file.on('close', () => rows.destroy());
  return rows.pipe(file);
}
