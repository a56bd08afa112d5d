import { createHash } from 'node:crypto';
import {
  CodeColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index, PrimaryColumn } from 'typeorm';

/** What can happen to a ticket. */
export type HistoryKind =
  | 'received'
  | 'repeated'
  | 'corrected'
  | 'read'
  | 'pushed'
  | 'not_taken'
  | 'in_review'
  /** The centre answers otherwise now: it goes on by itself. */
  | 'review_ended'
  | 'urgent'
  /** No fact makes it urgent any more. */
  | 'urgency_ended'
  | 'overdue'
  | 'clock_held'
  | 'clock_moved'
  | 'deadline_changed'
  | 'escalated'
  | 'returned'
  | 'suspended'
  | 'resumed'
  | 'repush_asked'
  | 'confirmed'
  | 'dispute_ended'
  | 'merged'
  | 'merged_in'
  | 'linked'
  | 'transferred'
  | 'noted'
  | 'revealed'
  | 'exported'
  | 'wait_known'
  | 'wait_ended'
  | 'notices_set'
  | 'contested'
  | 'contest_dismissed'
  | 'reopened'
  | 'resolved'
  | 'rejected'
  | 'cancelled'
  | 'wiped';

export type HistoryData = Record<string, unknown>;

/** An entry to be written; ids of statements and codes, never personal data. */
export interface NewHistory {
  kind: HistoryKind;
  /** Null: the service itself, or somebody who is no officer, whom `data.by` names. */
  officerId?: Id | null;
  statementId?: Id | null;
  data?: HistoryData | null;
}

/** Append-only, chained inside the ticket: each row's hash covers its content and the hash before it. */
@Entity('history')
@Index('history_at', ['at'])
export class HistoryEntry {
  @PrimaryId('ticket_id') ticketId!: Id;
  @PrimaryColumn({ name: 'seq', type: 'int', unsigned: true }) seq!: number;
  @TimeColumn('at') at!: Date;
  @CodeColumn('kind', 32) kind!: HistoryKind;
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  @IdColumn('statement_id', { nullable: true }) statementId!: Id | null;
  @JsonColumn('data', { nullable: true }) data!: HistoryData | null;
  @HashColumn('prev_hash') prevHash!: Buffer;
  @HashColumn('hash') hash!: Buffer;
}

/** The hash before the first entry of every ticket. */
export const chainStart = Buffer.alloc(32);

/** Where a ticket's chain stands: what the next entry is chained to. */
export interface ChainHead {
  id: Id;
  seq: number;
  headHash: Buffer;
}

/** Makes the next entries of the ticket's chain and moves its head to the last of them. */
export function appendHistory(ticket: ChainHead, at: Date, news: readonly NewHistory[]): HistoryEntry[] {
  return news.map(({ kind, officerId = null, statementId = null, data = null }) => {
    const seq = ticket.seq + 1;
    const content = { ticketId: ticket.id, seq, at, kind, officerId, statementId, data };
    const chained = { ...content, prevHash: ticket.headHash };
    const entry: HistoryEntry = { ...chained, hash: hashEntry(chained) };
    ticket.seq = entry.seq;
    ticket.headHash = entry.hash;
    return entry;
  });
}

export function hashEntry(entry: Omit<HistoryEntry, 'hash'>): Buffer {
  const content = JSON.stringify([
    entry.ticketId,
    entry.seq,
    entry.at.toISOString(),
    entry.kind,
    entry.officerId,
    entry.statementId,
    entry.data,
  ]);
  return createHash('sha256').update(entry.prevHash).update(content).digest();
}

/** @returns the number of the first row that does not fit its chain, or null when the chain is whole */
export function firstBreak(entries: HistoryEntry[], head: { seq: number; headHash: Buffer }): number | null {
  let previous: Buffer = chainStart;
  for (const [index, entry] of entries.entries()) {
    const fits =
      entry.seq === index + 1 && entry.prevHash.equals(previous) && entry.hash.equals(hashEntry(entry));
    if (!fits) return index + 1;
    previous = entry.hash;
  }
  const whole = entries.length === head.seq && previous.equals(head.headHash);
  return whole ? null : Math.min(entries.length, head.seq) + 1;
}
