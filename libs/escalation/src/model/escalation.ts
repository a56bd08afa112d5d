import type { PolicyRules } from '../on-call/policy';
import { type Incident, incidentName, incidents } from './incident';
import { urgencyReasons } from './urgency';
import {
  CodeColumn,
  CountColumn,
  type Id,
  IdColumn,
  JsonColumn,
  newId,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Column, Entity, Index } from 'typeorm';

export const escalationStates = ['open', 'acknowledged', 'handed_off', 'resolved'] as const;
export type EscalationState = (typeof escalationStates)[number];

/** Why a person must know of it; each has its words in `reasons.ts`. */
export const escalationReasons = [...urgencyReasons, ...incidents, 'standstill', 'wait_over'] as const;
export type EscalationReason = (typeof escalationReasons)[number];

/** How an escalation ended; `recovered` and `withdrawn` are the service's own words. */
export const escalationOutcomes = [
  'fixed_at_centre',
  'not_possible',
  'needs_applicant',
  'false_alarm',
  /** No emergency after all: the ticket goes on in its regular way. */
  'returned',
  'recovered',
  /** What it rested on is gone; the story says what. */
  'withdrawn',
] as const;
export type EscalationOutcome = (typeof escalationOutcomes)[number];

/** A ticket that somebody must know of. */
export interface EscalatedTicket {
  ticketId: Id;
  code: string;
  officeId: Id;
  /** The applicant's own. */
  deadlineAt: Date | null;
  reason: EscalationReason;
  detail?: Record<string, string | number> | undefined;
}

/** Something that a person must know and act on: one ticket, or an incident at the centre. */
@Entity('escalation')
@Index('escalation_ticket', ['ticketId', 'openMarker'], { unique: true })
@Index('escalation_incident', ['incident', 'openMarker'], { unique: true })
@Index('escalation_office', ['officeId', 'state', 'id'])
@Index('escalation_state', ['state', 'id'])
export class Escalation {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id', { nullable: true }) ticketId!: Id | null;
  /** The ticket's code, which never changes. */
  @CodeColumn('ticket_code', 14, { nullable: true }) ticketCode!: string | null;
  /** Its `incidentName`. */
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
  /** The policy as it stood when the ladder began; later changes of it do not apply here. */
  @JsonColumn('policy', { nullable: true }) policy!: PolicyRules | null;
  /** How often the ladder has begun; it begins again when an acknowledgement lapses. */
  @CountColumn('run_no') runNo!: number;
  /** Steps of this run that were taken, over all repeats. */
  @CountColumn('step_no') stepNo!: number;
  /** When somebody was first asked. */
  @TimeColumn('notified_at', { nullable: true }) notifiedAt!: Date | null;
  /** When everybody had been asked in vain. */
  @TimeColumn('unanswered_at', { nullable: true }) unansweredAt!: Date | null;
  /** Until when whoever has it must have acted; then somebody else is asked. */
  @TimeColumn('held_until', { nullable: true }) heldUntil!: Date | null;
  /** When somebody at the centre confirmed that they have it. */
  @TimeColumn('received_at', { nullable: true }) receivedAt!: Date | null;

  static ofTicket(now: Date, ticket: EscalatedTicket): Escalation {
    const escalation = open(now, ticket.reason, ticket.detail ?? null);
    escalation.ticketId = ticket.ticketId;
    escalation.ticketCode = ticket.code;
    escalation.officeId = ticket.officeId;
    escalation.deadlineAt = ticket.deadlineAt;
    return escalation;
  }

  /** @param region null: it concerns the whole nation */
  static ofIncident(
    now: Date,
    incident: Incident,
    region: string | null,
    detail: Record<string, string | number>,
  ): Escalation {
    const escalation = open(now, incident, detail);
    escalation.incident = incidentName(incident, region);
    return escalation;
  }

  /** An officer acts on it until then; nobody else need be asked meanwhile. */
  acknowledge(now: Date, officerId: Id, until: Date): void {
    this.state = 'acknowledged';
    this.acknowledgedAt = now;
    this.acknowledgedBy = officerId;
    this.heldUntil = until;
    this.receivedAt = null;
  }

  /** Nobody acts on it any more: the ladder begins from its first step. */
  reopen(): void {
    this.state = 'open';
    this.acknowledgedAt = null;
    this.acknowledgedBy = null;
    this.heldUntil = null;
    this.receivedAt = null;
    this.restartLadder();
  }

  /** A message about it is on its way to the centre, whose confirmation is awaited until then. */
  handOff(until: Date): void {
    this.state = 'handed_off';
    this.heldUntil = until;
    this.receivedAt = null;
  }

  /** Somebody at the centre has it, and must have acted until then. */
  confirm(now: Date, until: Date): void {
    this.state = 'handed_off';
    this.heldUntil = until;
    this.receivedAt = now;
  }

  end(now: Date, outcome: EscalationOutcome, officerId: Id | null): void {
    this.state = 'resolved';
    this.openMarker = null;
    this.outcome = outcome;
    this.heldUntil = null;
    this.resolvedAt = now;
    this.resolvedBy = officerId;
  }

  /** A more urgent reason has come up; while nobody acts on it, everybody is asked again. */
  makeMoreUrgent(reason: EscalationReason, deadlineAt: Date | null): void {
    this.reason = reason;
    this.deadlineAt = deadlineAt ?? this.deadlineAt;
    if (this.state === 'open') this.restartLadder();
  }

  /** It stands, for a reason or a deadline that has taken the place of another; whoever was asked need not be asked again. */
  restOn({ reason, detail, deadlineAt }: Pick<EscalatedTicket, 'reason' | 'detail' | 'deadlineAt'>): void {
    this.reason = reason;
    this.detail = detail ?? null;
    this.deadlineAt = deadlineAt;
  }

  /** The people of that office are asked, by the rules there. */
  changeOffice(officeId: Id): void {
    this.officeId = officeId;
    this.policy = null;
  }

  /** Adds facts to its detail. */
  addDetail(detail: Record<string, string | number>): void {
    this.detail = { ...this.detail, ...detail };
  }

  private restartLadder(): void {
    this.stepNo = 0;
    this.unansweredAt = null;
  }
}

/** What every escalation is when it opens. */
function open(now: Date, reason: EscalationReason, detail: Escalation['detail']): Escalation {
  const escalation = new Escalation();
  escalation.id = newId();
  escalation.ticketId = null;
  escalation.ticketCode = null;
  escalation.incident = null;
  escalation.officeId = null;
  escalation.openMarker = 1;
  escalation.state = 'open';
  escalation.reason = reason;
  escalation.detail = detail;
  escalation.openedAt = now;
  escalation.acknowledgedAt = null;
  escalation.acknowledgedBy = null;
  escalation.resolvedAt = null;
  escalation.resolvedBy = null;
  escalation.outcome = null;
  escalation.sealed = null;
  escalation.deadlineAt = null;
  escalation.policy = null;
  escalation.runNo = 0;
  escalation.stepNo = 0;
  escalation.notifiedAt = null;
  escalation.unansweredAt = null;
  escalation.heldUntil = null;
  escalation.receivedAt = null;
  return escalation;
}
