import type { TicketState, PushState, PublicStatus, Verification } from './lifecycle';
import type { Cause, Channel, Purpose, Service } from './vocabulary';
import {
  CodeColumn,
  CountColumn,
  FlagColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryCode,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import { Column, Entity, Index } from 'typeorm';

/**
 * Somebody with a NIK. A slot belongs to an index key: a to those whose id ends in an odd digit, b to the others. Both
 * are filled while keys rotate, one otherwise, and none once the person's last case is wiped (ADR 14).
 */
@Entity('person')
@Index('person_nik_a', ['nikA'], { unique: true })
@Index('person_nik_b', ['nikB'], { unique: true })
export class Person {
  @PrimaryId() id!: Id;
  @HashColumn('nik_a', { nullable: true }) nikA!: Buffer | null;
  @HashColumn('nik_b', { nullable: true }) nikB!: Buffer | null;
}

/** The fields of the paper that can be in dispute with the centre, and that a consolidation carries. */
export type DisputedField = 'nik' | 'kk' | 'name' | 'birthDate';

/** A case: one person's open complaint for one service, whoever states it how often through which channel. */
@Entity('ticket')
@Index('ticket_code', ['code'], { unique: true })
@Index('ticket_open', ['personId', 'service', 'openMarker'], { unique: true })
@Index('ticket_office', ['officeId', 'id'])
@Index('ticket_office_status', ['officeId', 'status', 'id'])
@Index('ticket_status', ['status', 'id'])
@Index('ticket_urgent', ['urgent', 'id'])
@Index('ticket_purpose', ['purpose', 'openMarker'])
@Index('ticket_waiting', ['waitingSince', 'id', 'officeId', 'waitsFor', 'status', 'urgent'])
@Index('ticket_office_waiting', ['officeId', 'waitingSince', 'id', 'waitsFor', 'status', 'urgent'])
@Index('ticket_retention', ['wipedAt', 'closedAt'])
@Index('ticket_held', ['heldBy'])
@Index('ticket_deadline', ['openMarker', 'urgent', 'deadlineAt'])
export class Ticket {
  @PrimaryId() id!: Id;
  @CodeColumn('code', 14) code!: string;
  @IdColumn('person_id') personId!: Id;
  @CodeColumn('service', 32) service!: Service;
  /** 1 while the case is not closed; the unique key lets a person have one open case per service. */
  @Column({ name: 'open_marker', type: 'tinyint', nullable: true }) openMarker!: 1 | null;
  @CodeColumn('purpose', 32) purpose!: Purpose;
  @CodeColumn('cause', 40) cause!: Cause;
  @CodeColumn('channel', 16) channel!: Channel;
  /** The office that handles it; never derived from the digits of the NIK. */
  @IdColumn('office_id') officeId!: Id;
  /** The statement whose values are the current revision. */
  @IdColumn('statement_id') statementId!: Id;
  /** The three lines change by the steps of `lifecycle.ts` alone. */
  @CodeColumn('state', 16) readonly state!: TicketState;
  @CodeColumn('push', 16) readonly push!: PushState;
  @CodeColumn('verification', 16) readonly verification!: Verification;
  @CodeColumn('status', 20) status!: PublicStatus;
  /** What somebody or something gave as the reason why it waits or rests; null while it only goes its way. */
  @CodeColumn('reason', 40, { nullable: true }) reason!: string | null;
  /** What it waits for, never null while it waits (`waitsFor`): stored with the status, so that it can be counted. */
  @CodeColumn('waits_for', 40, { nullable: true }) waitsFor!: string | null;
  /** Since when it has this status and waits for this; null when nothing is to come. */
  @TimeColumn('waiting_since', { nullable: true }) waitingSince!: Date | null;
  @FlagColumn('urgent') urgent!: boolean;
  @FlagColumn('overdue') overdue!: boolean;
  /** 1, and one more for each reopening. */
  @CountColumn('round') round!: number;
  /** Accepted pushes of this revision in this round. */
  @CountColumn('pushes') pushes!: number;
  /** The fields that mismatched in the first reading (after code 13: all). */
  @JsonColumn('disputed', { nullable: true }) disputed!: DisputedField[] | null;
  @TimeColumn('received_at') receivedAt!: Date;
  /** Beginning of the present round. */
  @TimeColumn('round_at') roundAt!: Date;
  /** Never null: hand-over limit + 24 h after the beginning, 24 h after the first accepted push (R7). */
  @TimeColumn('due_at') dueAt!: Date;
  /** When the applicant's own registration closes: stated, else that of the purpose. */
  @TimeColumn('deadline_at', { nullable: true }) deadlineAt!: Date | null;
  /** Somebody stated it for this applicant: a change of the purpose's closing leaves it alone. */
  @FlagColumn('deadline_stated') deadlineStated!: boolean;
  @TimeColumn('accepted_at', { nullable: true }) acceptedAt!: Date | null;
  /** When the centre accepted the last push; its resync counts from there. */
  @TimeColumn('pushed_at', { nullable: true }) pushedAt!: Date | null;
  @TimeColumn('suspended_at', { nullable: true }) suspendedAt!: Date | null;
  @TimeColumn('closed_at', { nullable: true }) closedAt!: Date | null;
  /** The incident of the centre for which its clock stands still beyond `dueAt`. */
  @CodeColumn('held_by', 32, { nullable: true }) heldBy!: string | null;
  /** Until when somebody who knows of the wait wants no reminder. */
  @TimeColumn('snoozed_until', { nullable: true }) snoozedUntil!: Date | null;
  /** The statement in which that was said, and by whom. */
  @IdColumn('snooze_note_id', { nullable: true }) snoozeNoteId!: Id | null;
  /** Since when its resolution is contested and not judged yet. */
  @TimeColumn('contested_at', { nullable: true }) contestedAt!: Date | null;
  /** The reading that proved it; the database refuses a resolved case without one. */
  @IdColumn('proof_id', { nullable: true }) readonly proofId!: Id | null;
  @CodeColumn('outcome', 32, { nullable: true }) outcome!: string | null;
  /** When its personal data were destroyed, some time after the close (UU PDP 27/2022 arts 42–44). */
  @TimeColumn('wiped_at', { nullable: true }) wipedAt!: Date | null;
  /** Last number and hash of the case's history. */
  @CountColumn('seq') seq!: number;
  @HashColumn('head_hash') headHash!: Buffer;
  /** Rises with every write; who read an older one writes nothing. */
  @CountColumn('version') version!: number;
}

/** Other offices that learned of the case through a repeat: masked reading and notes, no moves. */
@Entity('participant')
export class Participant {
  @PrimaryId('ticket_id') ticketId!: Id;
  @PrimaryId('office_id') officeId!: Id;
  @TimeColumn('since') since!: Date;
}

/** When a purpose's registration closes for everybody; an administrator sets it. */
@Entity('purpose')
export class PurposeClosing {
  @PrimaryCode('code', 32) code!: Purpose;
  @TimeColumn('closes_at', { nullable: true }) closesAt!: Date | null;
  @TimeColumn('changed_at') changedAt!: Date;
  @IdColumn('changed_by', { nullable: true }) changedBy!: Id | null;
}
