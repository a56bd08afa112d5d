import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Key } from '@sinkron/config';
import type { Id } from './ids';

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

  constructor(keyRing: Key[]) {
    const newest = keyRing[0];
    if (!newest) throw new Error('The key ring for personal data is empty');
    this.newest = newest;
    this.keys = new Map(keyRing.map(({ id, key }) => [id, key]));
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
    const idLength = bytes[0] ?? 0;
    const id = bytes.toString('ascii', 1, 1 + idLength);
    const key = this.keys.get(id);
    if (!key) throw new Error(`A sealed value names the key "${id}", which is not in the ring`);
    const nonceAt = 1 + idLength;
    const tagAt = nonceAt + nonceLength;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt));
    decipher.setAAD(associatedData(place, id));
    decipher.setAuthTag(bytes.subarray(tagAt, tagAt + tagLength));
    const opened = Buffer.concat([decipher.update(bytes.subarray(tagAt + tagLength)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as T;
  }
}

function associatedData({ table, column, rowId }: Place, keyId: string): Buffer {
  return Buffer.from(`${table}\0${column}\0${rowId}\0${keyId}`);
}

/**
 * Looks sealed values up without opening them: HMAC-SHA-256 under a key derived for each column, so that equal
 * values in two columns do not look equal. `a` is the current key, `b` the next one while keys rotate.
 */
export class BlindIndex {
  private readonly derived = new Map<string, Buffer>();

  constructor(private readonly keyRing: Key[]) {
    if (keyRing.length < 1 || keyRing.length > 2)
      throw new Error('INDEX_KEYS holds one key, or two while they rotate');
  }

  /** The digest under the current key. */
  digest(column: string, value: string): Buffer {
    return this.under(0, column, value);
  }

  /** The digest under the second key, or null outside a rotation. */
  nextDigest(column: string, value: string): Buffer | null {
    return this.keyRing.length === 2 ? this.under(1, column, value) : null;
  }

  private under(slot: 0 | 1, column: string, value: string): Buffer {
    const name = `${slot}:${column}`;
    let key = this.derived.get(name);
    if (!key) {
      const master = this.keyRing[slot] as Key;
      key = Buffer.from(hkdfSync('sha256', master.key, '', `sinkron blind index ${column}`, 32));
      this.derived.set(name, key);
    }
    return createHmac('sha256', key).update(value).digest();
  }
}
