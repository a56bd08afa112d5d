import type { OfficerChanges } from '../officers/officer-schemas';
import { type Id, toBinary, type Transaction } from '@sinkron/database';
import { type FieldError, fieldError, Problem, type Text } from '@sinkron/observability';
import { lockOffices, type OfficeTree, overseers } from '@sinkron/offices';

/**
 * Whoever may take an administrator away waits here until the end of the transaction: two administrators who disable
 * each other at once would both see the other still there.
 */
export async function lockAdministration(transaction: Transaction, { nation }: OfficeTree): Promise<void> {
  if (nation) await lockOffices(transaction, [nation.id]);
}

/** Those of these offices that no enabled administrator keeps any more, neither there nor at a node above. */
export async function officesWithoutAdministrator(
  transaction: Transaction,
  tree: OfficeTree,
  offices: readonly Id[],
): Promise<Id[]> {
  const without: Id[] = [];
  for (const office of new Set(offices)) {
    const [one] = await transaction.query(
      `select 1 from officer where office_id in (?) and role = 'admin' and disabled_at is null limit 1`,
      [overseers(tree, office).map(toBinary)],
    );
    if (!one) without.push(office);
  }
  return without;
}

const words: Text = {
  id: 'Ini admin terakhir: setelah perubahan ini tidak ada admin aktif di kantor itu maupun di atasnya. Tambahkan admin lain lebih dahulu.',
  en: 'This is the last administrator: after this change no enabled one is left at the office or above it. Add another administrator first.',
};

/** @param changes of one officer, whose fields are named */
export function lastAdministrator({ role, office, disabled }: OfficerChanges): Problem {
  const given = { role, office, disabled };
  const fields = Object.entries(given).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  return new Problem(
    'conflict',
    words,
    fields.map((field) => ({ field, code: 'last_administrator', message: words })),
  );
}

/** The same of a line in a list. */
export function lastAdministratorInLine(at: number): FieldError {
  return fieldError(`${at}.role`, 'last_administrator', words.id, words.en);
}
