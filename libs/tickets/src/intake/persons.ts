import { Injectable } from '@nestjs/common';
import { Person } from './person';
import {
  BlindIndex,
  fromBinary,
  type Id,
  insertRows,
  type Slots,
  toBinary,
  type Transaction,
} from '@sinkron/database';

/** The name of the index by which persons are found. */
const nikIndex = 'person.nik';

/** Somebody who is to be found or made: the id that they get if they are new. */
interface Wanted {
  id: Id;
  nik: Slots;
}

/** Persons by their NIK: one row each, whichever of the index keys the process that made it had (ADR 14). */
@Injectable()
export class Persons {
  constructor(private readonly index: BlindIndex) {}

  slots(nik: string): Slots {
    return this.index.slots(nikIndex, nik);
  }

  /** As SQL over the table `person`: whoever has this NIK. */
  having(nik: string): { sql: string; parameters: Buffer[][] } {
    return condition([this.slots(nik)]);
  }

  /**
   * Finds or makes one person for each NIK; who was made is known by the id that was wanted.
   * @returns for each `keyOf(nik)` the person's id
   */
  async findOrMake(transaction: Transaction, wanted: readonly Wanted[]): Promise<Map<string, Id>> {
    const byNik = new Map(wanted.map((one) => [keyOf(one.nik), one]));
    const rows = [...byNik.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { id, nik }]): Person => ({ id, nikA: nik.a, nikB: nik.b }));
    await insertRows(transaction, Person, rows, { keepExisting: 'id' });
    const { sql, parameters } = condition(rows.map(({ nikA, nikB }) => ({ a: nikA, b: nikB })));
    const found = await transaction.query<{ id: Buffer; nik_a: Buffer | null; nik_b: Buffer | null }>(
      `select id, nik_a, nik_b from person where ${sql} order by id desc`,
      parameters,
    );
    const ids = new Map<string, Id>();
    for (const { id, nik_a: a, nik_b: b } of found) {
      for (const slot of [a, b]) if (slot) ids.set(slot.toString('hex'), fromBinary(id));
    }
    return new Map(
      rows.flatMap((row) => {
        const nik = { a: row.nikA, b: row.nikB };
        const id = digestsOf(nik).flatMap((digest) => ids.get(digest.toString('hex')) ?? [])[0];
        return id ? [[keyOf(nik), id] as const] : [];
      }),
    );
  }

  /**
   * Lets nobody find this person any more, unless a ticket of theirs still holds their data.
   * @param moved a ticket that is theirs no more, which is still to be written
   */
  async forget(transaction: Transaction, id: Id, moved?: Id): Promise<void> {
    // Whoever is filing a complaint of this person holds the row until its ticket can be seen.
    await transaction.query('select 1 from person where id = ? for update', [toBinary(id)]);
    const kept = await transaction.query(
      'select 1 from ticket where person_id = ? and wiped_at is null and id <> ? limit 1',
      [toBinary(id), moved ? toBinary(moved) : Buffer.alloc(16)],
    );
    if (kept.length > 0) return;
    await transaction.execute('update person set nik_a = null, nik_b = null where id = ?', [toBinary(id)]);
  }
}

/** One name for a NIK, or for whatever else has slots, within one process: its digests in one text. */
export function keyOf({ a, b }: Slots): string {
  return `${a?.toString('hex')} ${b?.toString('hex')}`;
}

function digestsOf({ a, b }: Slots): Buffer[] {
  return [a, b].filter((digest) => digest !== null);
}

/** Only the columns of the ring's keys, so that outside a rotation one index is asked. */
function condition(niks: readonly Slots[]): { sql: string; parameters: Buffer[][] } {
  const a = niks.flatMap((nik) => nik.a ?? []);
  const b = niks.flatMap((nik) => nik.b ?? []);
  const parts = [a.length > 0 ? ['nik_a in (?)'] : [], b.length > 0 ? ['nik_b in (?)'] : []].flat();
  return { sql: `(${parts.join(' or ')})`, parameters: [a, b].filter((digests) => digests.length > 0) };
}
