import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Id } from './ids';
import { indexSlot, type Key } from '@sinkron/config';

/** Where a sealed value lives; it cannot be opened anywhere else. */
export interface Place {
  table: string;
  column: string;
  rowId: Id;
}

const nonceLength = 12;
const tagLength = 16;

/**
 * Seals JSON with AES-256-GCM. Layout: length of the key id, key id, nonce, tag, ciphertext. The associated data
 * names table, column, row and key, so a value that is moved or relabelled does not open.
 */
export class Sealing {
  private readonly keys: Map<string, Buffer>;
  private readonly newest: Key;

  constructor(private readonly keyRing: Key[]) {
    const newest = keyRing[0];
    if (!newest) throw new Error('The key ring for personal data is empty');
    this.newest = newest;
    this.keys = new Map(keyRing.map(({ id, key }) => [id, key]));
  }

  /** The ids of the ring, newest first. */
  get keyIds(): string[] {
    return this.keyRing.map(({ id }) => id);
  }

  seal(value: unknown, place: Place): Buffer {
    const { id, key } = this.newest;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(associatedData(place, id));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([
      Buffer.from([id.length]),
      Buffer.from(id, 'ascii'),
      nonce,
      cipher.getAuthTag(),
      sealed,
    ]);
  }

  /** @throws Error if the key is not in the ring, or the bytes or their place were changed */
  open<T>(bytes: Buffer, place: Place): T {
    const id = keyIdOf(bytes);
    const key = this.keys.get(id);
    if (!key) throw new Error(`A sealed value names the key "${id}", which is not in the ring`);
    const nonceAt = 1 + id.length;
    const tagAt = nonceAt + nonceLength;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt));
    decipher.setAAD(associatedData(place, id));
    decipher.setAuthTag(bytes.subarray(tagAt, tagAt + tagLength));
    const opened = Buffer.concat([decipher.update(bytes.subarray(tagAt + tagLength)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as T;
  }
}

/** Under which key something is sealed; its first 9 bytes are enough to tell. */
export function keyIdOf(bytes: Buffer): string {
  return bytes.toString('ascii', 1, 1 + (bytes[0] ?? 0));
}

function associatedData({ table, column, rowId }: Place, keyId: string): Buffer {
  return Buffer.from(`${table}\0${column}\0${rowId}\0${keyId}`);
}

/** A digest under each key of the ring, in the column that belongs to the key; null where the ring has none. */
export interface Slots {
  a: Buffer | null;
  b: Buffer | null;
}

/**
 * Looks sealed values up without opening them: HMAC-SHA-256 under a key derived for each column, so that equal
 * values in two columns do not look equal. While keys rotate the ring holds two: new digests are made under the
 * first, and what is looked up may lie under either.
 */
export class BlindIndex {
  private readonly derived = new Map<string, Buffer>();
  private readonly first: Key;

  constructor(private readonly keyRing: Key[]) {
    const [first, ...others] = keyRing;
    if (!first || others.length > 1) throw new Error('INDEX_KEYS holds one key, or two while they rotate');
    this.first = first;
  }

  /** The digest under the first key: what is written. */
  digest(column: string, value: string): Buffer {
    return this.under(this.first, column, value);
  }

  /** The digests under all keys of the ring, the first one first: what is looked up. */
  digests(column: string, value: string): Buffer[] {
    return this.keyRing.map((key) => this.under(key, column, value));
  }

  /** The same, each in the column of its key, for a value that must be unique whichever ring a process has. */
  slots(column: string, value: string): Slots {
    const slots: Slots = { a: null, b: null };
    for (const key of this.keyRing) slots[indexSlot(key.id) ?? 'a'] = this.under(key, column, value);
    return slots;
  }

  private under({ id, key: master }: Key, column: string, value: string): Buffer {
    const name = `${id}:${column}`;
    let key = this.derived.get(name);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', master, '', `sinkron blind index ${column}`, 32));
      this.derived.set(name, key);
    }
    return createHmac('sha256', key).update(value).digest();
  }
}
