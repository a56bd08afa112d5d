import { v7 } from 'uuid';

/** A UUIDv7 in its usual text form; in the database it is BINARY(16). Made by us, before the insert. */
export type Id = string;

export function newId(): Id {
  return v7();
}

/** @throws RangeError for a text that is no UUID */
export function toBinary(id: Id): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new RangeError('Not an id');
  return bytes;
}

export function fromBinary(bytes: Buffer): Id {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether a text from outside can be an id of ours at all; anything else is simply not found. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}
