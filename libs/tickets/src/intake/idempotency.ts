import { createHmac, hkdfSync } from 'node:crypto';
import type { Config, Key } from '@sinkron/config';
import {
  CodeColumn,
  HashColumn,
  type Id,
  JsonColumn,
  PrimaryCode,
  PrimaryId,
  selectRows,
  TimeColumn,
  toBinary,
  type Transaction,
  type Transactions,
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
  /** Under which index key; null for one that was written before this was kept. */
  @CodeColumn('digest_key', 8, { nullable: true }) digestKey!: string | null;
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
  /** The body under each index key, the one to be written first. */
  body: [KeyedDigest, ...KeyedDigest[]];
}

interface KeyedDigest {
  keyId: string;
  digest: Buffer;
}

/** Same body, same digest, whatever the order of its fields. */
export class BodyDigest {
  private readonly keys: [Key, ...Key[]];

  constructor({ indexKeys }: Config) {
    const [first, ...others] = indexKeys.map(({ id, key }) => ({
      id,
      key: Buffer.from(hkdfSync('sha256', key, '', 'sinkron idempotency', 32)),
    }));
    if (!first) throw new Error('INDEX_KEYS is empty');
    this.keys = [first, ...others];
  }

  of(body: unknown): IdempotencyKey['body'] {
    const text = canonical(body);
    const under = ({ id, key }: Key): KeyedDigest => ({
      keyId: id,
      digest: createHmac('sha256', key).update(text).digest(),
    });
    const [first, ...others] = this.keys;
    return [under(first), ...others.map(under)];
  }
}

/** Whether the body of a request is the one that has this digest, under whichever key of the ring. */
export function isSameBody({ body }: IdempotencyKey, bodyDigest: Buffer): boolean {
  return body.some(({ digest }) => digest.equals(bodyDigest));
}

/** What is kept of a request that was carried out. */
export function newRecord(
  { officerId, route, key, body: [{ keyId, digest }] }: IdempotencyKey,
  answer: { httpStatus: number },
  createdAt: Date,
): IdempotencyRecord {
  return {
    officerId,
    route,
    key,
    bodyDigest: digest,
    digestKey: keyId,
    status: answer.httpStatus,
    answer,
    createdAt,
  };
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

export function isSameKey(one: Omit<IdempotencyKey, 'body'>, other: Omit<IdempotencyKey, 'body'>): boolean {
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

/** That a request about a ticket is remembered, so that its repeat gets the same answer. */
export interface RememberedAnswer {
  route: string;
  answeredAt: Date;
  /** When it is forgotten. */
  until: Date;
}

/** What is remembered of these officers' requests about the ticket; the answers themselves hold no personal data. */
export async function rememberedAnswers(
  transaction: Transaction,
  officerIds: Id[],
  code: string,
): Promise<RememberedAnswer[]> {
  if (officerIds.length === 0) return [];
  const rows = await transaction.query<{ route: string; at: Date; until: Date }>(
    `select route, created_at as at, created_at + interval 72 hour as until from idempotency
     where officer_id in (?) and answer like ? order by created_at limit 100`,
    [officerIds.map(toBinary), `%"code":"${code}"%`],
  );
  return rows.map(({ route, at, until }) => ({ route, answeredAt: at, until }));
}

/**
 * Until when an answer is remembered by the digest of a body under another index key than this one: such a digest cannot
 * be made anew, since the body is not kept.
 * @returns null when there is none
 */
export async function rememberedUnderOthers(transactions: Transactions, keyId: string): Promise<Date | null> {
  const [row] = await transactions.query<{ until: Date | null }>(
    `select max(created_at) + interval 72 hour as until from idempotency
     where digest_key is null or digest_key <> ?`,
    [keyId],
  );
  return row?.until ?? null;
}
