import type { PolicyRules } from './on-call/policy';
import type { UrgencyReason } from './urgency';
import {
  CodeColumn,
  CountColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Column, Entity, Index } from 'typeorm';

export const escalationStates = ['open', 'acknowledged', 'handed_off', 'resolved'] as const;
export type EscalationState = (typeof escalationStates)[number];

/** How an escalation ended; the worker itself writes only `recovered`. */
export const escalationOutcomes = [
  'fixed_at_centre',
  'not_possible',
  'needs_applicant',
  'false_alarm',
  /** No emergency after all: the case goes on in its regular way. */
  'returned',
  'recovered',
] as const;
export type EscalationOutcome = (typeof escalationOutcomes)[number];

/** Faults that concern every case at once: one escalation for all of them. */
export type Incident =
  'centre_not_taking' | 'centre_not_answering' | 'centre_rejects_us' | 'centre_delayed' | 'request_invalid';

/** What an incident is called in the table: its kind, and the region when it concerns one alone. */
export function incidentName(kind: Incident, region: string | null): string {
  return region === null ? kind : `${kind}@${region}`;
}

/** The region that an incident is limited to, by its name; null: it concerns everybody. */
export function incidentRegion(name: string): string | null {
  return name.split('@')[1] ?? null;
}

export type EscalationReason = UrgencyReason | Incident | 'standstill' | 'wait_over';

/** Something that a person must know and take on: about one case, or about an incident at the centre. */
@Entity('escalation')
@Index('escalation_ticket', ['ticketId', 'openMarker'], { unique: true })
@Index('escalation_incident', ['incident', 'openMarker'], { unique: true })
@Index('escalation_office', ['officeId', 'state', 'id'])
@Index('escalation_state', ['state', 'id'])
export class Escalation {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id', { nullable: true }) ticketId!: Id | null;
  /** The case's code, which never changes. */
  @CodeColumn('ticket_code', 14, { nullable: true }) ticketCode!: string | null;
  @CodeColumn('incident', 32, { nullable: true }) incident!: string | null;
  /** Null for an incident: it concerns every office. */
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  /** 1 while it is not resolved, so that a subject has one open escalation. */
  @Column({ name: 'open_marker', type: 'tinyint', nullable: true }) openMarker!: 1 | null;
  @CodeColumn('state', 16) state!: EscalationState;
  @CodeColumn('reason', 40) reason!: EscalationReason;
  @JsonColumn('detail', { nullable: true }) detail!: Record<string, string | number> | null;
  @TimeColumn('opened_at') openedAt!: Date;
  @TimeColumn('acknowledged_at', { nullable: true }) acknowledgedAt!: Date | null;
  @IdColumn('acknowledged_by', { nullable: true }) acknowledgedBy!: Id | null;
  @TimeColumn('resolved_at', { nullable: true }) resolvedAt!: Date | null;
  @IdColumn('resolved_by', { nullable: true }) resolvedBy!: Id | null;
  @CodeColumn('outcome', 32, { nullable: true }) outcome!: EscalationOutcome | null;
  /** The note given with the outcome. */
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;
  /** When the applicant's registration closes, as it stood at the opening. */
  @TimeColumn('deadline_at', { nullable: true }) deadlineAt!: Date | null;
  /** The policy as it stood when the ladder began; what is changed later does not touch it. */
  @JsonColumn('policy', { nullable: true }) policy!: PolicyRules | null;
  /** How often the ladder has begun: it does anew when an acknowledgement lapses. */
  @CountColumn('run_no') runNo!: number;
  /** Steps of this run that were taken, over all repeats. */
  @CountColumn('step_no') stepNo!: number;
  /** When somebody was first asked. */
  @TimeColumn('notified_at', { nullable: true }) notifiedAt!: Date | null;
  /** When everybody had been asked in vain. */
  @TimeColumn('unanswered_at', { nullable: true }) unansweredAt!: Date | null;
  /** Until when whoever has it must have done something: it lapses then. */
  @TimeColumn('held_until', { nullable: true }) heldUntil!: Date | null;
  /** When somebody at the centre confirmed that they have it. */
  @TimeColumn('received_at', { nullable: true }) receivedAt!: Date | null;
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
}

export const entryKinds = [
  'opened',
  'pressed',
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
  'resolved',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export const handoffStates = ['composed', 'sent', 'received', 'void'] as const;
export type HandoffState = (typeof handoffStates)[number];

/** One message to a contact at the centre: composed, sent and received are three facts by two people (R9). */
@Entity('handoff')
@Index('handoff_escalation', ['escalationId', 'id'])
@Index('handoff_bundle', ['bundleId'])
export class Handoff {
  @PrimaryId() id!: Id;
  @IdColumn('escalation_id') escalationId!: Id;
  /** One message about several escalations is one row for each of them, with this in common. */
  @IdColumn('bundle_id') bundleId!: Id;
  @IdColumn('contact_id') contactId!: Id;
  @CodeColumn('channel', 16) channel!: string;
  @CodeColumn('state', 16) state!: HandoffState;
  @TimeColumn('composed_at') composedAt!: Date;
  @IdColumn('composed_by') composedBy!: Id;
  @TimeColumn('sent_at', { nullable: true }) sentAt!: Date | null;
  @IdColumn('sent_by', { nullable: true }) sentBy!: Id | null;
  @TimeColumn('confirmation_due_at', { nullable: true }) confirmationDueAt!: Date | null;
  @TimeColumn('received_at', { nullable: true }) receivedAt!: Date | null;
  /** The officer who wrote the receipt down; who received it, and how, is sealed. */
  @IdColumn('received_by', { nullable: true }) receivedBy!: Id | null;
  @TimeColumn('voided_at', { nullable: true }) voidedAt!: Date | null;
  @IdColumn('voided_by', { nullable: true }) voidedBy!: Id | null;
  /** When, and by whom, the full numbers were looked at by the link of the message; once. */
  @TimeColumn('viewed_at', { nullable: true }) viewedAt!: Date | null;
  @IdColumn('viewed_by', { nullable: true }) viewedBy!: Id | null;
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;
}
