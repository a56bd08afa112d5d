import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { declareDigest, type DigestOf } from './digest-columns';
import type { OfCodes } from './code-length';
import { fromBinary, type Id, toBinary } from './ids';

/** Our column types, each with everything stated that a server default could change. */

const idTransformer: ValueTransformer = {
  to: (id: Id | null | undefined) => (typeof id === 'string' ? toBinary(id) : id),
  from: (bytes: Buffer | null) => (bytes ? fromBinary(bytes) : null),
};

/** The row's own id, or with a name a part of a key that is made of other rows' ids. */
export function PrimaryId(name = 'id') {
  return PrimaryColumn({ name, type: 'binary', length: 16, transformer: idTransformer });
}

/** A key, or a part of one, that is a code. */
export function PrimaryCode<Length extends number>(name: string, length: Length): OfCodes<Length> {
  return PrimaryColumn({ name, type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' });
}

/** A reference to another row's id. */
export function IdColumn(name: string, options: { nullable?: boolean } = {}) {
  return Column({ name, type: 'binary', length: 16, transformer: idTransformer, ...options });
}

/** Codes, keys and states: ASCII, compared byte by byte. */
export function CodeColumn<Length extends number>(
  name: string,
  length: Length,
  options: { nullable?: boolean } = {},
): OfCodes<Length> {
  return Column({ name, type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin', ...options });
}

/** Short names of places and offices; never a person's, those are sealed. */
export function NameColumn(name: string, length: number, options: { nullable?: boolean } = {}) {
  return Column({ name, type: 'varchar', length, charset: 'utf8mb4', collation: 'utf8mb4_bin', ...options });
}

/** An instant, UTC, to the millisecond, on the database's clock. */
export function TimeColumn(name: string, options: { nullable?: boolean } = {}) {
  return Column({ name, type: 'datetime', precision: 3, ...options });
}

export function FlagColumn(name: string) {
  return Column({ name, type: 'tinyint', transformer: { to: Number, from: Boolean } });
}

export function CountColumn(name: string) {
  return Column({ name, type: 'int', unsigned: true });
}

/** Lists and small objects of codes; never personal data. Plain text, so that both servers agree on it. */
export function JsonColumn(name: string, options: { nullable?: boolean } = {}) {
  return Column({
    name,
    type: 'text',
    charset: 'utf8mb4',
    collation: 'utf8mb4_bin',
    transformer: {
      to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
      from: (text: string | null) => (text === null ? null : JSON.parse(text)),
    },
    ...options,
  });
}

/** What `Sealing` made of personal data or free text. @param options `large`: may hold more than 64 kB */
export function SealedColumn(
  name: string,
  { large = false, ...options }: { nullable?: boolean; large?: boolean } = {},
) {
  return Column({ name, type: large ? 'longblob' : 'blob', ...options });
}

/** A hash or an HMAC-SHA-256. */
export function HashColumn(name: string, options: { nullable?: boolean } = {}) {
  return Column({ name, type: 'binary', length: 32, ...options });
}

/**
 * The blind index of a value that is sealed in the same row: how it is found without being opened.
 * @param index the name under which `BlindIndex` derives the column's key
 * @param valueOf what is indexed, of what the row's sealed column holds; null when there is nothing
 */
export function DigestColumn<Sealed>(
  name: string,
  index: string,
  valueOf: DigestOf<Sealed>,
  options: { nullable?: boolean } = {},
): PropertyDecorator {
  return (target, property) => {
    HashColumn(name, options)(target, property);
    declareDigest(target.constructor, { column: name, index, valueOf: valueOf as DigestOf<unknown> });
  };
}
