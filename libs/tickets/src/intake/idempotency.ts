import { createHmac, hkdfSync } from 'node:crypto';
import type { Config, Key } from '@sinkron/config';
import {
  type BlindIndex,
  CodeColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  newId,
  PrimaryId,
  selectRows,
  type Slots,
  TimeColumn,
  toBinary,
  type Transaction,
  type Transactions,
} from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { Column, Entity, Index } from 'typeorm';

/**
 * That an officer's request with this key was carried out, and how it was answered; kept 72 hours. Of the key itself,
 * which may say more than its sender thought, there are digests alone: a slot for each index key, as of a person's NIK.
 */
@Entity('idempotency')
@Index('idempotency_key_a', ['keyA'], { unique: true })
@Index('idempotency_key_b', ['keyB'], { unique: true })
@Index('idempotency_officer', ['officerId'])
@Index('idempotency_age', ['createdAt'])
export class IdempotencyRecord {
  @PrimaryId() id!: Id;
  @IdColumn('officer_id') officerId!: Id;
  @CodeColumn('route', 64) route!: string;
  @HashColumn('key_a', { nullable: true }) keyA!: Buffer | null;
  @HashColumn('key_b', { nullable: true }) keyB!: Buffer | null;
  /** HMAC of the canonical body, so that the body of an identity cannot be guessed from it. */
  @HashColumn('body_digest') bodyDigest!: Buffer;
  /** Under which index key; null for one that was written before this was kept. */
  @CodeColumn('digest_key', 8, { nullable: true }) digestKey!: string | null;
  @Column({ name: 'status', type: 'smallint', unsigned: true }) status!: number;
  /** Codes, times and warnings; never personal data. */
  @JsonColumn('answer') answer!: unknown;
  @TimeColumn('created_at') createdAt!: Date;
}

/** What a caller sent with a body that was accepted as a whole. */
interface SentKey {
  officerId: Id;
  route: string;
  key: string;
  body: unknown;
}

/** The same, as it is looked up and kept. */
export interface IdempotencyKey {
  officerId: Id;
  route: string;
  /** The key together with officer and route, whose own it is. */
  slots: Slots;
  /** The body under each index key, the one to be written first. */
  body: [KeyedDigest, ...KeyedDigest[]];
}

interface KeyedDigest {
  keyId: string;
  digest: Buffer;
}

/** Makes digests of keys and bodies; the same body has the same digest, whatever the order of its fields. */
export class IdempotencyDigests {
  private readonly keys: [Key, ...Key[]];

  constructor(
    { indexKeys }: Pick<Config, 'indexKeys'>,
    private readonly index: BlindIndex,
  ) {
    const [first, ...others] = indexKeys.map(({ id, key }) => ({
      id,
      key: Buffer.from(hkdfSync('sha256', key, '', 'sinkron idempotency', 32)),
    }));
    if (!first) throw new Error('INDEX_KEYS is empty');
    this.keys = [first, ...others];
  }

  of({ officerId, route, key, body }: SentKey): IdempotencyKey {
    const slots = this.index.slots('idempotency.key', `${officerId} ${route} ${key}`);
    return { officerId, route, slots, body: this.ofBody(body) };
  }

  private ofBody(body: unknown): IdempotencyKey['body'] {
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
  { officerId, route, slots, body: [{ keyId, digest }] }: IdempotencyKey,
  answer: { httpStatus: number },
  createdAt: Date,
): IdempotencyRecord {
  return {
    id: newId(),
    officerId,
    route,
    keyA: slots.a,
    keyB: slots.b,
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
  const a = keys.flatMap(({ slots }) => slots.a ?? []);
  const b = keys.flatMap(({ slots }) => slots.b ?? []);
  // Only the slots of the ring's keys, so that outside a rotation one index is asked.
  const wanted = [
    { sql: 'key_a in (?)', digests: a },
    { sql: 'key_b in (?)', digests: b },
  ].filter(({ digests }) => digests.length > 0);
  if (wanted.length === 0) return [];
  return selectRows(
    transaction,
    IdempotencyRecord,
    `where ${wanted.map(({ sql }) => sql).join(' or ')}`,
    wanted.map(({ digests }) => digests),
  );
}

/** Whether a record is of this key: written by a process with another ring, it may share one slot only. */
export function isOfKey(
  { keyA, keyB }: Pick<IdempotencyRecord, 'keyA' | 'keyB'>,
  { slots }: IdempotencyKey,
): boolean {
  return isOneDigest(keyA, slots.a) || isOneDigest(keyB, slots.b);
}

function isOneDigest(one: Buffer | null, other: Buffer | null): boolean {
  return one !== null && other !== null && one.equals(other);
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

/**
 * Keys are kept 72 hours; they go in pieces, so that nobody waits for the clean-up.
 * @returns whether there may be more
 */
export async function forgetOldKeys(transactions: Transactions): Promise<boolean> {
  const piece = 2_000;
  const gone = await transactions.execute(
    'delete from idempotency where created_at < utc_timestamp(3) - interval 72 hour limit ?',
    [piece],
  );
  return gone === piece;
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
