import { parse, stringify, v7 } from 'uuid';

/** A UUIDv7 in its usual text form; in the database it is BINARY(16). Made by us, before the insert. */
export type Id = string;

export function newId(): Id {
  return v7();
}

export function toBinary(id: Id): Buffer {
  return Buffer.from(parse(id));
}

export function fromBinary(bytes: Buffer): Id {
  return stringify(bytes);
}

/** Whether a text from outside can be an id of ours at all; anything else is simply not found. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}
