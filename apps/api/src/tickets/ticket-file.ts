import type { Readable } from 'node:stream';
import { type Stringifier, stringify } from 'csv-stringify';
import type { TicketView } from './ticket-view';

/** A row of the file: flat, and nothing in it that a list does not show. */
type Row = Record<(typeof columns)[number], string | number | boolean | null>;

const columns = [
  'code',
  'service',
  'purpose',
  'cause',
  'channel',
  'office',
  'officeName',
  'status',
  'state',
  'delivery',
  'verification',
  'reason',
  'reasonText',
  'waitingSince',
  'contestedAt',
  'urgent',
  'overdue',
  'receivedAt',
  'dueAt',
  'deadlineAt',
  'acceptedAt',
  'closedAt',
  'wipedAt',
  'outcome',
  'resolvedInSeconds',
  'round',
  'pushes',
  'repeatCount',
  'name',
  'nik',
  'kk',
  'phone',
  'cursor',
] as const;

/** A case as a row; `cursor` goes on after it. */
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
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });
  rows.on('error', (error) => file.destroy(error));
  file.on('close', () => rows.destroy());
  return rows.pipe(file);
}
