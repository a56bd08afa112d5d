import { Holiday } from './holiday';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';

const day = 86_400_000;

/**
 * ISO dates, from the day before this one on, on which one of these is closed; for an office give it together with
 * the nodes above.
 */
export async function closedDays(transaction: Transaction, officeIds: readonly Id[]): Promise<Set<string>> {
  if (officeIds.length === 0) return new Set();
  const rows = await transaction.query<{ day: string }>(
    'select day from holiday where office_id in (?) and day >= ?',
    [officeIds.map(toBinary), isoDay(transaction.now, -1)],
  );
  return new Set(rows.map(({ day }) => day));
}

/** The holidays of these offices from one ISO date to another, both included, in their order. */
export function holidaysBetween(
  transaction: Transaction,
  officeIds: readonly Id[],
  from: string,
  to: string,
): Promise<Holiday[]> {
  return selectRows(transaction, Holiday, 'where office_id in (?) and day between ? and ? order by day', [
    officeIds.map(toBinary),
    from,
    to,
  ]);
}

/** Makes a day a holiday of the office, or gives it another name. @returns whether it was one before */
export async function setHoliday(
  transaction: Transaction,
  holiday: Pick<Holiday, 'officeId' | 'day' | 'name' | 'changedBy'>,
): Promise<boolean> {
  const { officeId, day, name, changedBy } = holiday;
  // One statement: of ten who set the same day at once, all succeed and the last one's name stands. The time always
  // moves, because a row that is set to what it was counts like a new one.
  const touched = await transaction.execute(
    `insert into holiday (office_id, day, name, changed_at, changed_by) values (?, ?, ?, ?, ?)
     on duplicate key update name = values(name),
       changed_at = greatest(values(changed_at), changed_at + interval 1000 microsecond), changed_by = values(changed_by)`,
    [toBinary(officeId), day, name, transaction.now, changedBy && toBinary(changedBy)],
  );
  return touched !== 1;
}

/** @returns whether the day was a holiday of the office */
export async function removeHoliday(transaction: Transaction, officeId: Id, day: string): Promise<boolean> {
  const removed = await transaction.execute('delete from holiday where office_id = ? and day = ?', [
    toBinary(officeId),
    day,
  ]);
  return removed > 0;
}

/** The ISO date so many days after an instant. */
export function isoDay(from: Date, days: number): string {
  return new Date(from.getTime() + days * day).toISOString().slice(0, 10);
}
