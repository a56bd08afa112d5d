import { appendHistory, chainStart, firstBreak, hashEntry, type HistoryEntry } from './history';
import { Ticket } from './ticket';
import { newId } from '@sinkron/database';

function chained(count: number): { ticket: Ticket; entries: HistoryEntry[] } {
  const ticket = Object.assign(new Ticket(), { id: newId(), seq: 0, headHash: chainStart });
  const at = new Date('2026-11-22T02:00:00.123Z');
  const entries = Array.from({ length: count }).flatMap((_, index) =>
    appendHistory(ticket, at, [{ kind: 'noted', officerId: newId(), data: { index } }]),
  );
  return { ticket, entries };
}

it('is whole as it was written', () => {
  const { ticket, entries } = chained(5);
  expect(ticket.seq).toBe(5);
  expect(firstBreak(entries, ticket)).toBeNull();
});

it.each<[string, (entries: HistoryEntry[]) => HistoryEntry[], number]>([
  ['an altered row', (rows) => rows.map((row) => (row.seq === 3 ? { ...row, data: { index: 9 } } : row)), 3],
  ['another officer', (rows) => rows.map((row) => (row.seq === 2 ? { ...row, officerId: newId() } : row)), 2],
  ['a missing row', (rows) => rows.filter(({ seq }) => seq !== 2), 2],
  ['a missing last row', (rows) => rows.slice(0, -1), 5],
  ['rows in another order', ([a, b, ...rest]) => [b, a, ...rest] as HistoryEntry[], 1],
])('finds %s', (_, change, at) => {
  const { ticket, entries } = chained(5);
  expect(firstBreak(change(entries), ticket)).toBe(at);
});

it('finds a row whose hash was made anew, although the next one was chained to it again', () => {
  const { ticket, entries } = chained(5);
  const forged = { ...entries[1]!, data: { index: 9 } };
  forged.hash = hashEntry(forged);
  const next = { ...entries[2]!, prevHash: forged.hash };
  const rows = [entries[0]!, forged, next, ...entries.slice(3)];
  expect(firstBreak(rows, ticket)).toBe(3);
});

it('gives the same entry another hash after another history', () => {
  const [ticketId, at] = [newId(), new Date('2026-11-22T02:00:00Z')];
  const headAfter = (first: string) => {
    const head = { id: ticketId, seq: 0, headHash: chainStart };
    appendHistory(head, at, [{ kind: 'noted', data: { first } }, { kind: 'resumed' }]);
    return head.headHash;
  };
  expect(headAfter('one').equals(headAfter('other'))).toBe(false);
  expect(headAfter('one').equals(headAfter('one'))).toBe(true);
});
