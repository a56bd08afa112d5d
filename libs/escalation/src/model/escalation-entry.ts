import { CodeColumn, type Id, IdColumn, JsonColumn, newId, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

export const entryKinds = [
  'opened',
  /** A more urgent reason came up. */
  'pressed',
  /** The reason for which it was opened is gone, and another holds. */
  'reason_changed',
  'policy_taken',
  'step',
  'step_skipped',
  'quiet',
  'unanswered',
  'nobody_on_call',
  'acknowledged',
  'unacknowledged',
  'composed',
  'sent',
  'receipt_confirmed',
  'voided',
  'numbers_viewed',
  /** Who had it or was being asked was told that it waits for them no longer. */
  'told_over',
  /** Its office closed; it goes on at the successor where it stands. */
  'office_closed',
  'resolved',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What happened to an escalation, as its story keeps it. */
export interface StoryEntry {
  kind: EntryKind;
  /** Null for the service. */
  officerId?: Id | null;
  data?: Record<string, unknown>;
}

/** One thing in the story of an escalation; kept for good, names nobody but officers' ids. */
@Entity('escalation_entry')
@Index('escalation_entry_story', ['escalationId', 'at', 'id'])
export class EscalationEntry {
  @PrimaryId() id!: Id;
  @IdColumn('escalation_id') escalationId!: Id;
  @TimeColumn('at') at!: Date;
  @CodeColumn('kind', 32) kind!: EntryKind;
  /** Who did it; null for the service. */
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  @JsonColumn('data', { nullable: true }) data!: Record<string, unknown> | null;

  static create(now: Date, escalationId: Id, { kind, officerId = null, data }: StoryEntry): EscalationEntry {
    const entry = new EscalationEntry();
    entry.id = newId();
    entry.escalationId = escalationId;
    entry.at = now;
    entry.kind = kind;
    entry.officerId = officerId;
    entry.data = data ?? null;
    return entry;
  }
}
