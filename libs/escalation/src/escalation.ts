import {
  CodeColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Column, Entity, Index } from 'typeorm';
import type { UrgencyReason } from './urgency';

export const escalationStates = ['open', 'acknowledged', 'handed_off', 'resolved'] as const;
export type EscalationState = (typeof escalationStates)[number];

/** How an escalation ended; the worker itself writes only `recovered`. */
export const escalationOutcomes = [
  'fixed_at_centre',
  'not_possible',
  'needs_applicant',
  'false_alarm',
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
}

export const handoffStates = ['composed', 'sent', 'received', 'void'] as const;
export type HandoffState = (typeof handoffStates)[number];

/** One message to a contact at the centre: composed, sent and received are three facts by two people (R9). */
@Entity('handoff')
@Index('handoff_escalation', ['escalationId', 'id'])
export class Handoff {
  @PrimaryId() id!: Id;
  @IdColumn('escalation_id') escalationId!: Id;
  @IdColumn('contact_id') contactId!: Id;
  @CodeColumn('channel', 16) channel!: string;
  @CodeColumn('state', 16) state!: HandoffState;
  @TimeColumn('composed_at') composedAt!: Date;
  @IdColumn('composed_by') composedBy!: Id;
  @TimeColumn('sent_at', { nullable: true }) sentAt!: Date | null;
  @IdColumn('sent_by', { nullable: true }) sentBy!: Id | null;
  @TimeColumn('receipt_due_at', { nullable: true }) receiptDueAt!: Date | null;
  @TimeColumn('received_at', { nullable: true }) receivedAt!: Date | null;
  /** The officer who wrote the receipt down; who received it, and how, is sealed. */
  @IdColumn('received_by', { nullable: true }) receivedBy!: Id | null;
  @TimeColumn('voided_at', { nullable: true }) voidedAt!: Date | null;
  @IdColumn('voided_by', { nullable: true }) voidedBy!: Id | null;
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;
}
