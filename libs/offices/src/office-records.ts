import { Office, stillOpen } from './office';
import { officeInput, type OfficeInput } from './office-schemas';
import type { OfficeTree } from './office-tree';
import { raiseTreeVersion } from './tree-version';
import {
  type Id,
  inPieces,
  insertRows,
  newId,
  selectRows,
  toBinary,
  type Transaction,
} from '@sinkron/database';

/** An office as lists show it; `parent` is the code of the office above. */
export type OfficeView = Pick<Office, 'id' | 'code' | 'name' | 'level' | 'zone' | 'closedAt'> & {
  parent: string | null;
  /** Code of the office that takes over; null while this one is neither closing nor closed. */
  successor: string | null;
};

/** An office as it is in this transaction, for whoever may not wait for another connection. */
export async function findOffice(transaction: Transaction, id: Id): Promise<Office | null> {
  const [office] = await selectRows(transaction, Office, 'where id = ?', [toBinary(id)]);
  return office ?? null;
}

/**
 * Whoever changes what is kept for the same offices waits here until the end of the transaction. Locked in the order of
 * their ids, so that two who need the same ones do not wait for each other.
 */
export async function lockOffices(transaction: Transaction, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await transaction.query('select 1 from office where id in (?) order by id for update', [ids.map(toBinary)]);
}

/** An office that was created or updated. */
export interface WrittenOffice {
  id: Id;
  code: string;
  created: boolean;
}

/**
 * Writes the offices that are new or other than in the tree, by their codes.
 * @param tree locked in this transaction
 * @param inputs judged by `officeErrors`
 */
export async function writeOffices(
  transaction: Transaction,
  tree: OfficeTree,
  inputs: readonly OfficeInput[],
): Promise<WrittenOffice[]> {
  const ids = new Map(tree.offices.map(({ code, id }) => [code, id]));
  for (const { code } of inputs) if (!ids.has(code)) ids.set(code, newId());
  const written: WrittenOffice[] = [];
  const added: Office[] = [];
  const changed: Office[] = [];
  for (const input of inputs) {
    const id = ids.get(input.code)!;
    const before = tree.find(id);
    if (before && makeTheSame(officeInputOf(before, tree), input)) continue;
    const office: Office = {
      ...(before ?? stillOpen),
      id,
      code: input.code,
      name: input.name,
      level: input.level,
      parentId: input.parent === undefined ? null : (ids.get(input.parent) ?? null),
      zone: input.zone,
      createdAt: before?.createdAt ?? transaction.now,
    };
    (before ? changed : added).push(office);
    written.push({ id, code: input.code, created: !before });
  }
  await insertRows(transaction, Office, added);
  for (const piece of inPieces(changed, 500)) await updateOffices(transaction, piece);
  if (written.length > 0) await raiseTreeVersion(transaction);
  return written;
}

/** What may change of an office, of many in one statement: their rows are there and locked. */
async function updateOffices(transaction: Transaction, offices: readonly Office[]): Promise<void> {
  await transaction.execute(
    `insert into office (id, code, name, level, parent_id, zone, created_at) values ?
     on duplicate key update name = values(name), parent_id = values(parent_id), zone = values(zone)`,
    [
      offices.map(({ id, code, name, level, parentId, zone, createdAt }) => [
        toBinary(id),
        code,
        name,
        level,
        parentId && toBinary(parentId),
        zone,
        createdAt,
      ]),
    ],
  );
}

export function officeView(office: Office, tree: OfficeTree): OfficeView {
  const { id, code, name, level, zone, parentId, successorId, closedAt } = office;
  const codeOf = (other: Id | null) => (other && tree.find(other)?.code) || null;
  const [parent, successor] = [codeOf(parentId), codeOf(successorId)];
  return { id, code, name, level, zone, parent, successor, closedAt };
}

/** An office as it would be given to make it what it is; a field more of the input does not compile before it is here. */
export function officeInputOf(
  { code, name, level, parentId, zone }: Office,
  tree: OfficeTree,
): { [Field in keyof Required<OfficeInput>]: OfficeInput[Field] } {
  return { code, name, level, zone, parent: parentId ? tree.find(parentId)?.code : undefined };
}

/** Whether two inputs make the same office; every field of the schema is compared. */
export function makeTheSame(one: OfficeInput, other: OfficeInput): boolean {
  const fields = Object.keys(officeInput.shape) as (keyof OfficeInput)[];
  return fields.every((field) => one[field] === other[field]);
}
