import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '@sinkron/config';
import {
  HashColumn,
  type Id,
  JsonColumn,
  PrimaryCode,
  PrimaryId,
  TimeColumn,
  type Transaction,
  type Transactions,
  selectRows,
  toBinary,
} from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { Column, Entity, Index } from 'typeorm';

/** That an officer's request with this key was carried out, and how it was answered; kept 72 hours. */
@Entity('idempotency')
@Index('idempotency_age', ['createdAt'])
export class IdempotencyRecord {
  @PrimaryId('officer_id') officerId!: Id;
  @PrimaryCode('route', 64) route!: string;
  @PrimaryCode('idempotency_key', 255) key!: string;
  /** HMAC of the canonical body, so that the body of an identity cannot be guessed from it. */
  @HashColumn('body_digest') bodyDigest!: Buffer;
  @Column({ name: 'status', type: 'smallint', unsigned: true }) status!: number;
  /** Codes, times and warnings; never personal data. */
  @JsonColumn('answer') answer!: unknown;
  @TimeColumn('created_at') createdAt!: Date;
}

/** The key that a caller sent with a body that was accepted as a whole. */
export interface IdempotencyKey {
  officerId: Id;
  route: string;
  key: string;
  bodyDigest: Buffer;
}

/** Same body, same digest, whatever the order of its fields. */
export class BodyDigest {
  private readonly key: Buffer;

  constructor(config: Config) {
    const master = config.indexKeys[0];
    if (!master) throw new Error('INDEX_KEYS is empty');
    this.key = Buffer.from(hkdfSync('sha256', master.key, '', 'sinkron idempotency', 32));
  }

  of(body: unknown): Buffer {
    return createHmac('sha256', this.key).update(canonical(body)).digest();
  }
}

/** The earlier records of these keys. */
export async function findRecords(
  transaction: Transaction,
  keys: IdempotencyKey[],
): Promise<IdempotencyRecord[]> {
  if (keys.length === 0) return [];
  return selectRows(transaction, IdempotencyRecord, 'where (officer_id, route, idempotency_key) in (?)', [
    keys.map(({ officerId, route, key }) => [toBinary(officerId), route, key]),
  ]);
}

export function isSameKey(
  one: Omit<IdempotencyKey, 'bodyDigest'>,
  other: Omit<IdempotencyKey, 'bodyDigest'>,
): boolean {
  return one.officerId === other.officerId && one.route === other.route && one.key === other.key;
}

/** The key was used for something else: the caller has two requests under one name. */
export function keyReused(): Problem {
  return new Problem(
    'invalid',
    {
      id: 'Idempotency-Key ini sudah dipakai untuk isi yang lain.',
      en: 'This Idempotency-Key was used for another body.',
    },
    [
      {
        field: 'Idempotency-Key',
        code: 'key_reused',
        message: { id: 'Pakai kunci baru untuk isi yang baru.', en: 'Use a new key for a new body.' },
      },
    ],
  );
}

export function stillInFlight(): Problem {
  return new Problem(
    'conflict',
    {
      id: 'Permintaan dengan Idempotency-Key ini masih diproses. Coba lagi sebentar.',
      en: 'A request with this Idempotency-Key is still being processed. Try again in a moment.',
    },
    [],
    1,
  );
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Keys are kept 72 hours; a few at a time, so that nobody waits for the clean-up. */
export async function forgetOldKeys(transactions: Transactions): Promise<void> {
  const batch = 2_000;
  for (let gone = batch; gone === batch;) {
    gone = await transactions.execute(
      'delete from idempotency where created_at < utc_timestamp(3) - interval 72 hour limit ?',
      [batch],
    );
  }
}
