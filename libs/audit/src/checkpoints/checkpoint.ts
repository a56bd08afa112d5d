import { createHash } from 'node:crypto';
import { type Leaf, leafBytes } from './leaves';
import { merkleRoot } from './merkle';
import { CountColumn, HashColumn, TimeColumn } from '@sinkron/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the chains looked like at one moment: the last rows of those that had changed. Append-only, chained. */
@Entity('audit_checkpoint')
export class Checkpoint {
  @PrimaryColumn({ name: 'seq', type: 'int', unsigned: true }) seq!: number;
  /** It covers what was written before; what was committed late is covered by the next. */
  @TimeColumn('at') at!: Date;
  @CountColumn('count') count!: number;
  /** Of the leaves, each with the hash of the row that it names. */
  @HashColumn('root') root!: Buffer;
  /** `leafBytes` of each. */
  @Column({ name: 'leaves', type: 'mediumblob' }) leaves!: Buffer;
  @HashColumn('prev_hash') prevHash!: Buffer;
  @HashColumn('hash') hash!: Buffer;
}

/** The root over leaves and the hashes of the rows that they name. */
export function rootOf(covered: readonly { leaf: Leaf; hash: Buffer }[]): Buffer {
  return merkleRoot(covered.map(({ leaf, hash }) => Buffer.concat([leafBytes(leaf), hash])));
}

/** The leaves take part by their root. */
export function checkpointHash({
  seq,
  at,
  count,
  root,
  prevHash,
}: Omit<Checkpoint, 'hash' | 'leaves'>): Buffer {
  const facts = JSON.stringify([seq, at.toISOString(), count]);
  return createHash('sha256').update(prevHash).update(root).update(facts).digest();
}

/** A hash as logs and operators spell it: in hex, the mask of the logs could take it for a person's number. */
export function spelt(hash: Buffer): string {
  return hash.toString('base64url');
}
