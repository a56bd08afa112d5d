import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { drawLag, happens } from './chance';
import { Database } from './database';
import { Settings } from './settings';

const digits16 = z.string().regex(/^\d{16}$/, '16 digits');

export const consolidation = z
  .object({
    nik: digits16,
    noKk: digits16,
    name: z.string().trim().min(1).max(100).optional(),
    birthDate: z.iso.date(),
    birthPlace: z.string().trim().min(1).max(100).optional(),
    sex: z.enum(['M', 'F']).optional(),
    officeCode: z.string().min(1).max(50),
  })
  .meta({
    id: 'Consolidation',
    description: 'What the office proposes to the centre: the data on paper. What is absent stays as it is.',
  });
export type Consolidation = z.output<typeof consolidation>;

export const receipt = z
  .object({ trackingId: z.uuid(), state: z.literal('queued') })
  .meta({ id: 'Receipt', description: 'The same for every request with the same key.' });
export type Receipt = z.output<typeof receipt>;

export const progress = z
  .object({
    state: z.enum(['queued', 'applied', 'refused']),
    reason: z.enum(['resident_inactive', 'resident_deceased', 'resident_duplicate']).optional(),
  })
  .meta({
    id: 'Progress',
    description: '`applied` does not prove that the record changed: read it. `refused` always has a reason.',
  });
export type Progress = z.output<typeof progress>;

export const ledgerPage = z
  .object({
    items: z.array(
      z.object({
        idempotencyKey: z.string(),
        trackingId: z.uuid(),
        nik: z.string(),
        noKk: z.string(),
        receivedAt: z.iso.datetime(),
        appliedAt: z.iso.datetime().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({
    id: 'LedgerPage',
    description: 'Pushes in order of receipt; `appliedAt` is null until and unless one takes.',
  });
export type LedgerPage = z.output<typeof ledgerPage>;

interface LedgerRow {
  id: number;
  idempotencyKey: string;
  trackingId: string;
  nik: string;
  noKk: string;
  receivedAt: Date;
  appliedAt: Date | null;
}

/**
 * Pushes from the offices. Everything that chance or the resident's state decides is decided at receipt and
 * stored; what a push has come to is then a comparison of its due time with the database's clock.
 */
@Injectable()
export class Consolidations {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Takes a push in, once per key: a repeated key gets the first answer, whatever its body says. */
  async receive(key: string, push: Consolidation): Promise<Receipt> {
    const trackingId = randomUUID();
    const lagMicroseconds = Math.round(1e6 * drawLag(this.settings.get('lag'), Math.random));
    const takes = happens(this.settings.get('takeRate').share, Math.random);
    try {
      await this.database.query(
        `insert into consolidation (tracking_id, idempotency_key, nik, no_kk, name, birth_date, birth_place, sex,
           office_code, refusal, takes, received_at, due_at)
         select ?, ?, ?, ?, ?, ?, ?, ?, ?, refusal, ? and refusal is null,
           utc_timestamp(3), utc_timestamp(3) + interval ? microsecond
         from (select max(concat('resident_', state)) as refusal from resident
           where nik = ? and state <> 'active') as judgement`,
        [
          trackingId,
          key,
          push.nik,
          push.noKk,
          push.name ?? null,
          push.birthDate,
          push.birthPlace ?? null,
          push.sex ?? null,
          push.officeCode,
          takes,
          lagMicroseconds,
          push.nik,
        ],
      );
    } catch (error) {
      const first = isDuplicate(error) ? await this.findByKey(key) : undefined;
      if (first) return { trackingId: first, state: 'queued' };
      throw error;
    }
    return { trackingId, state: 'queued' };
  }

  /** Null for an unknown tracking id. */
  async progress(trackingId: string): Promise<Progress | null> {
    const [row] = await this.database.query<{ due: 0 | 1; refusal: Progress['reason'] | null }>(
      `select due_at <= utc_timestamp(3) as due, refusal from consolidation where tracking_id = ?`,
      [trackingId],
    );
    if (!row) return null;
    if (!row.due) return { state: 'queued' };
    return row.refusal ? { state: 'refused', reason: row.refusal } : { state: 'applied' };
  }

  /** Pages through all pushes in order of receipt; `cursor` is what the page before gave, or '0'. */
  async ledger(cursor: string, limit: number): Promise<LedgerPage> {
    const rows = await this.database.query<LedgerRow>(
      `select id, idempotency_key as idempotencyKey, tracking_id as trackingId, nik, no_kk as noKk,
         received_at as receivedAt, case when takes and due_at <= utc_timestamp(3) then due_at end as appliedAt
       from consolidation where id > ? order by id limit ?`,
      // As text: the driver would send a number as a double, which LIMIT does not take.
      [cursor, String(limit)],
    );
    const items = rows.map((row) => ({
      idempotencyKey: row.idempotencyKey,
      trackingId: row.trackingId,
      nik: row.nik,
      noKk: row.noKk,
      receivedAt: row.receivedAt.toISOString(),
      appliedAt: row.appliedAt?.toISOString() ?? null,
    }));
    return { items, nextCursor: rows.length === limit ? String(rows.at(-1)!.id) : null };
  }

  /** Forgets every push. */
  async forget(): Promise<void> {
    await this.database.run('delete from consolidation');
  }

  private async findByKey(key: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ trackingId: string }>(
      `select tracking_id as trackingId from consolidation where idempotency_key = ?`,
      [key],
    );
    return row?.trackingId;
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ER_DUP_ENTRY';
}
