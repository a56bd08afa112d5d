import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from './database';

const digits16 = z.string().regex(/^\d{16}$/, '16 digits');
const text = z.string().min(1).max(200);

export const resident = z
  .strictObject({
    nik: digits16,
    noKk: digits16,
    name: text,
    birthPlace: text,
    birthDate: z.iso.date(),
    sex: z.enum(['M', 'F']),
    state: z.enum(['active', 'inactive', 'deceased', 'duplicate']),
  })
  .meta({ id: 'Resident' });
export type Resident = z.output<typeof resident>;

/** What the registry holds of a person now; one who came by a push has what that push named. */
export type Registered = Omit<Resident, 'birthPlace' | 'name'> & {
  birthPlace: string | null;
  name: string | null;
};

/** A moment of the database's clock, in the registry's own time zone (WIB, +7, no daylight saving). */
export interface Clock {
  day: string;
  time: string;
}

const rowsPerInsert = 500;

interface RecordRow extends Clock, Partial<Resident> {
  recordedAt: Date | null;
}
type PushRow = Pick<Resident, 'noKk' | 'birthDate'> & {
  name: string | null;
  birthPlace: string | null;
  sex: Resident['sex'] | null;
};

/**
 * The registry's view of residents. What pushes changed is not written into the resident's row: they are those that
 * take, are due, and are younger than the row, oldest first. So there is nothing to run when a lag ends, and nothing
 * to catch up with after a restart.
 */
@Injectable()
export class Residents {
  constructor(private readonly database: Database) {}

  /** Inserts or replaces; a replaced resident forgets the pushes that were applied before. */
  async record(residents: Resident[]): Promise<void> {
    for (let start = 0; start < residents.length; start += rowsPerInsert) {
      const rows = residents.slice(start, start + rowsPerInsert);
      await this.database.run(
        `replace into resident (nik, no_kk, name, birth_place, birth_date, sex, state, recorded_at)
         values ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?, utc_timestamp(3))').join(', ')}`,
        rows.flatMap((row) => [
          row.nik,
          row.noKk,
          row.name,
          row.birthPlace,
          row.birthDate,
          row.sex,
          row.state,
        ]),
      );
    }
  }

  /** Forgets every resident. */
  async forget(): Promise<void> {
    await this.database.run('delete from resident');
  }

  /** Reads the clock and what is registered now under a NIK: null for an unknown one. */
  async read(nik: string): Promise<{ clock: Clock; registered: Registered | null }> {
    const [[row], pushes] = await Promise.all([
      this.database.query<RecordRow>(
        `select date_format(clock.wib, '%Y-%m-%d') as day, date_format(clock.wib, '%H:%i') as time,
           nik, no_kk as noKk, name, birth_place as birthPlace, birth_date as birthDate, sex, state,
           recorded_at as recordedAt
         from (select utc_timestamp(3) + interval 7 hour as wib) as clock left join resident on nik = ?`,
        [nik],
      ),
      this.database.query<PushRow>(
        `select no_kk as noKk, name, birth_date as birthDate, birth_place as birthPlace, sex from consolidation
         where nik = ? and takes = 1 and due_at <= utc_timestamp(3)
           and due_at >= coalesce((select recorded_at from resident where nik = ?), due_at)
         order by due_at, id`,
        [nik, nik],
      ),
    ]);
    const { day, time, recordedAt, ...held } = row!;
    return {
      clock: { day, time },
      registered: pushes.reduce(applied(nik), recordedAt && (held as Resident)),
    };
  }
}

/** The record after a push: what the push does not name stays as it is. */
function applied(nik: string) {
  return (before: Registered | null, push: PushRow): Registered => ({
    ...(before ?? { nik, state: 'active' }),
    noKk: push.noKk,
    birthDate: push.birthDate,
    name: push.name ?? before?.name ?? null,
    birthPlace: push.birthPlace ?? before?.birthPlace ?? null,
    sex: push.sex ?? before?.sex ?? sexOf(nik),
  });
}

/** Women's NIKs hold the day of birth + 40. */
function sexOf(nik: string): 'M' | 'F' {
  return Number(nik.slice(6, 8)) > 40 ? 'F' : 'M';
}
