import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { ticketFile, ticketRow } from './ticket-file';
import type { TicketView } from '../views/ticket-view';

function viewOf(officeName: string, name: string): TicketView {
  return {
    code: '7K3M-XQ94-HTRJ',
    service: 'nik_kk_sync',
    purpose: 'cpns_sscasn',
    cause: 'other',
    channel: 'counter',
    office: { code: '3319', name: officeName },
    access: 'owner',
    status: 'received',
    state: 'open',
    delivery: 'waiting',
    verification: 'unread',
    reason: null,
    reasonText: null,
    waitingSince: null,
    known: null,
    contestedAt: null,
    urgent: false,
    overdue: true,
    receivedAt: '2026-11-22T01:00:00.000Z',
    dueAt: '2026-11-23T01:00:00.000Z',
    deadlineAt: null,
    acceptedAt: null,
    prediction: null,
    closedAt: null,
    wipedAt: null,
    outcome: null,
    resolvedInSeconds: null,
    round: 1,
    pushes: 0,
    repeatCount: 0,
    disputed: null,
    risk: null,
    confirmedAt: null,
    applicant: { name, nik: '3319********0001', kk: '3319********0002', previousKk: null, phone: null },
  };
}

function fileOf(...views: TicketView[]): Promise<string> {
  return text(ticketFile(Readable.from(views.map((view) => ticketRow(view, 'the-cursor')))));
}

it.each([
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '-1+1',
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1,1)',
])('%j is text to a spreadsheet', async (formula) => {
  const [row] = parse(await fileOf(viewOf(formula, formula)), { columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({ officeName: `'${formula}`, name: `'${formula}` });
});

it('keeps commas, quotes and line ends inside their field', async () => {
  const odd = 'Dinas "Kudus", loket 1\r\n7K3M-XQ94-HTRJ,other';
  const file = await fileOf(viewOf(odd, 'M***'), viewOf('Kudus', 'M***'));
  const rows = parse(file, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ officeName }) => officeName)).toEqual([odd, 'Kudus']);
  expect(rows[0]).toMatchObject({ urgent: 'false', overdue: 'true', reason: '', cursor: 'the-cursor' });
});

it('has its header also when it has no rows, and keeps the order of its columns', async () => {
  const header =
    'code,service,purpose,cause,channel,office,officeName,status,state,delivery,verification,reason,reasonText,' +
    'waitingSince,contestedAt,urgent,overdue,receivedAt,dueAt,deadlineAt,acceptedAt,closedAt,wipedAt,outcome,' +
    'resolvedInSeconds,round,pushes,repeatCount,name,nik,kk,phone,cursor';
  expect(await fileOf()).toBe(`${header}\r\n`);
});

it('ends in a failure when the reading of its rows does', async () => {
  async function* rows() {
    yield await Promise.resolve(ticketRow(viewOf('Kudus', 'M***'), 'x'));
    throw new Error('the database is away');
  }
  await expect(text(ticketFile(Readable.from(rows())))).rejects.toThrow('away');
});
