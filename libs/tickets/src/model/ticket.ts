import { chainStart } from './history';
import {
  applyMove,
  applyPush,
  applyVerification,
  prove,
  publicStatus,
  type PublicStatus,
  type PushState,
  type TicketState,
  type Verification,
} from './lifecycle';
import { covers, isDoubt, type Risk } from './risk';
import type { Service } from './services';
import type { DocumentKind, Cause, Channel, Purpose, Suspension } from './vocabulary';
import { waitsFor } from './waiting';
import {
  CodeColumn,
  type ColumnsOf,
  CountColumn,
  FlagColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import type { AskedField } from '@sinkron/registry';
import { Column, Entity, Index } from 'typeorm';

/** What a ticket is made of: the first statement, and what follows from it. */
export type NewTicket = Pick<
  Ticket,
  | 'id'
  | 'code'
  | 'personId'
  | 'service'
  | 'purpose'
  | 'cause'
  | 'channel'
  | 'officeId'
  | 'statementId'
  | 'receivedAt'
  | 'dueAt'
  | 'deadlineAt'
  | 'deadlineStated'
>;

/** Why a ticket is in review whose NIK somebody else claims too. */
export const identityDisputed = 'identity_disputed';

/** How a ticket ends: by the proof that it is done, or because an officer ends it. */
export type Ending =
  | { move: 'resolve'; outcome: 'synchronised' | 'already_in_step'; proofId: Id }
  | { move: 'reject' | 'cancel' | 'merge'; outcome: string };

/**
 * One person's open matter in one service, whoever states it how often through which channel. Changed by its methods
 * alone, which keep what belongs together.
 */
@Entity('ticket')
@Index('ticket_code', ['code'], { unique: true })
@Index('ticket_open', ['personId', 'service', 'claimNo', 'openMarker'], { unique: true })
@Index('ticket_office', ['officeId', 'id'])
@Index('ticket_office_status', ['officeId', 'status', 'id'])
@Index('ticket_status', ['status', 'id'])
@Index('ticket_urgent', ['urgent', 'id'])
@Index('ticket_purpose', ['purpose', 'openMarker'])
@Index('ticket_purpose_newest', ['purpose', 'id'])
@Index('ticket_channel', ['channel', 'id'])
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
  /** 1 while it is not closed; the unique key lets a person have one open ticket per service and claim. */
  @Column({ name: 'open_marker', type: 'tinyint', nullable: true }) openMarker!: 1 | null;
  /** 1, and one more for each complaint on this NIK that cannot be about the same person as one that is open. */
  @CountColumn('claim_no') claimNo!: number;
  /** Another open ticket says that this NIK is somebody else's: nothing is pushed until that is decided. */
  @FlagColumn('identity_disputed') identityDisputed!: boolean;
  @CodeColumn('purpose', 32) purpose!: Purpose;
  @CodeColumn('cause', 40) cause!: Cause;
  @CodeColumn('channel', 16) channel!: Channel;
  /** The office that handles it; never derived from the digits of the NIK. */
  @IdColumn('office_id') officeId!: Id;
  /** The statement whose values are the current revision. */
  @IdColumn('statement_id') statementId!: Id;
  /** These three change by the steps of `lifecycle.ts` alone. */
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
  @JsonColumn('disputed', { nullable: true }) disputed!: AskedField[] | null;
  /** What a push would do to the record at the centre; null until this revision was read. */
  @CodeColumn('risk', 32, { nullable: true }) risk!: Risk | null;
  /** When somebody confirmed, for this risk, the paper of this revision. */
  @TimeColumn('confirmed_at', { nullable: true }) confirmedAt!: Date | null;
  @TimeColumn('received_at') receivedAt!: Date;
  /** Beginning of the present round. */
  @TimeColumn('round_at') roundAt!: Date;
  /** Never null: push limit + 24 h after the beginning, 24 h after the first accepted push (R7). */
  @TimeColumn('due_at') dueAt!: Date;
  /** When the applicant's own registration closes: stated, else that of the purpose. */
  @TimeColumn('deadline_at', { nullable: true }) deadlineAt!: Date | null;
  /** Somebody stated it for this applicant: a change of the purpose's closing day leaves it alone. */
  @FlagColumn('deadline_stated') deadlineStated!: boolean;
  @TimeColumn('accepted_at', { nullable: true }) acceptedAt!: Date | null;
  /** When the centre accepted the last push; its resync counts from there. */
  @TimeColumn('pushed_at', { nullable: true }) pushedAt!: Date | null;
  @TimeColumn('suspended_at', { nullable: true }) suspendedAt!: Date | null;
  /** What the applicant is to bring, while it is suspended for that; empty where the officer named nothing. */
  @JsonColumn('missing_documents', { nullable: true }) missingDocuments!: DocumentKind[] | null;
  @TimeColumn('closed_at', { nullable: true }) closedAt!: Date | null;
  /** The incident of the centre for which its clock stands still beyond `dueAt`. */
  @CodeColumn('held_by', 32, { nullable: true }) heldBy!: string | null;
  /** Until when somebody who knows of the wait wants no reminder. */
  @TimeColumn('snoozed_until', { nullable: true }) snoozedUntil!: Date | null;
  /** The statement in which that was said, and by whom. */
  @IdColumn('snooze_note_id', { nullable: true }) snoozeNoteId!: Id | null;
  /** Since when its resolution is contested and not judged yet. */
  @TimeColumn('contested_at', { nullable: true }) contestedAt!: Date | null;
  /** The reading that proved it; the database refuses a resolved ticket without one. */
  @IdColumn('proof_id', { nullable: true }) readonly proofId!: Id | null;
  @CodeColumn('outcome', 32, { nullable: true }) outcome!: string | null;
  /** When its personal data were destroyed, some time after the close (UU PDP 27/2022 arts 42–44). */
  @TimeColumn('wiped_at', { nullable: true }) wipedAt!: Date | null;
  /** Last number and hash of the history. */
  @CountColumn('seq') seq!: number;
  @HashColumn('head_hash') headHash!: Buffer;
  /** Rises with every write; who read an older one writes nothing. */
  @CountColumn('version') version!: number;

  /** Open, unread, nothing sent, its history still to begin. @param claimNo of several claims on one NIK */
  static create(facts: NewTicket, claimNo = 1): Ticket {
    const ticket = Object.assign(new Ticket(), {
      ...facts,
      openMarker: 1,
      claimNo,
      identityDisputed: false,
      state: 'open',
      push: 'waiting',
      verification: 'unread',
      status: 'received',
      reason: null,
      waitsFor: null,
      waitingSince: null,
      urgent: false,
      overdue: false,
      round: 1,
      pushes: 0,
      disputed: null,
      risk: null,
      confirmedAt: null,
      roundAt: facts.receivedAt,
      acceptedAt: null,
      pushedAt: null,
      suspendedAt: null,
      missingDocuments: null,
      closedAt: null,
      heldBy: null,
      snoozedUntil: null,
      snoozeNoteId: null,
      contestedAt: null,
      proofId: null,
      outcome: null,
      wipedAt: null,
      seq: 0,
      headHash: chainStart,
      version: 0,
    } satisfies ColumnsOf<Ticket>);
    ticket.deriveStatus(facts.receivedAt);
    return ticket;
  }

  /** The public status and what the ticket waits for follow from everything else: called before every write. */
  deriveStatus(now: Date): void {
    const before = `${this.status} ${this.waitsFor}`;
    this.status = publicStatus(this);
    this.waitsFor = waitsFor(this);
    if (this.waitsFor === null) this.waitingSince = null;
    else if (`${this.status} ${this.waitsFor}` !== before) this.waitingSince = now;
  }

  /** @param missing what the applicant is to bring, where that is the reason */
  suspend(now: Date, reason: Suspension, missing: DocumentKind[] = []): void {
    applyMove(this, 'suspend');
    // A suspension is a wait of its own kind, with a deadline of its own.
    this.endSnooze();
    this.suspendedAt = now;
    this.missingDocuments = reason === 'requirements_unmet' ? missing : null;
    this.reason = reason;
  }

  /** `dueAt` moves by the time that the ticket was suspended. @returns that time in milliseconds */
  resume(now: Date): number {
    applyMove(this, 'resume');
    const suspended = now.getTime() - (this.suspendedAt ?? now).getTime();
    this.dueAt = new Date(this.dueAt.getTime() + suspended);
    this.suspendedAt = null;
    this.missingDocuments = null;
    this.reason = null;
    return suspended;
  }

  /** Nobody is to be reminded until then. @param noteId the statement that says why */
  snooze(until: Date, noteId: Id | null): void {
    this.snoozedUntil = until;
    this.snoozeNoteId = noteId;
  }

  endSnooze(): void {
    this.snoozedUntil = null;
    this.snoozeNoteId = null;
  }

  becomeUrgent(): void {
    this.urgent = true;
  }

  /** That a ticket is overdue is a fact, which nobody takes back. @returns whether it is regular now */
  becomeRegular(): boolean {
    if (this.overdue || this.openMarker === null) return false;
    this.urgent = false;
    return true;
  }

  becomeOverdue(): void {
    this.overdue = true;
    this.urgent = true;
  }

  changeOffice(officeId: Id): void {
    this.officeId = officeId;
  }

  /**
   * A deadline that somebody stated for this applicant; only a nearer one counts.
   * @returns what became of it; `same`: nothing new was stated
   */
  stateDeadline(deadlineAt: Date): 'taken' | 'same' | 'later_not_taken' {
    if (this.deadlineAt && this.deadlineAt <= deadlineAt)
      return this.deadlineAt < deadlineAt ? 'later_not_taken' : 'same';
    this.deadlineAt = deadlineAt;
    this.deadlineStated = true;
    return 'taken';
  }

  /** The closing day of its purpose changed; a deadline that was stated for the applicant stands. */
  followClosing(closesAt: Date | null): void {
    if (!this.deadlineStated) this.deadlineAt = closesAt;
  }

  /**
   * What was said of the purpose or of the deadline was wrong.
   * @param given.deadlineAt absent: what was stated stands; null: nothing was, and the closing day of the purpose counts
   * @returns whether the deadline is another now
   */
  correctDeadline(given: {
    purpose: Purpose;
    deadlineAt?: Date | null | undefined;
    closesAt: Date | null;
  }): boolean {
    const before = this.deadlineAt?.getTime();
    this.purpose = given.purpose;
    if (given.deadlineAt !== undefined) this.deadlineStated = given.deadlineAt !== null;
    if (!this.deadlineStated) this.deadlineAt = given.closesAt;
    else if (given.deadlineAt) this.deadlineAt = given.deadlineAt;
    return this.deadlineAt?.getTime() !== before;
  }

  /** A new revision: nothing is known of it at the centre. A suspension goes on, a review is over. */
  correct(statementId: Id, personId: Id): void {
    const { reason } = this;
    this.forgetCentre();
    this.statementId = statementId;
    if (this.personId !== personId) {
      this.claimNo = 1;
      this.identityDisputed = false;
    }
    this.personId = personId;
    if (this.state === 'suspended') this.reason = reason;
    else if (this.identityDisputed) this.reason = identityDisputed;
    else applyMove(this, 'proceed');
  }

  /** An officer has it pushed again: what was in the way is looked at and done with, a doubt by a new first reading. */
  repush(): void {
    applyMove(this, 'repush');
    if (this.awaitsConfirmation()) this.forgetReading();
    this.reason = null;
  }

  /** Nothing is pushed until somebody says which paper was seen. A dispute is decided first. */
  awaitsConfirmation(): boolean {
    return isDoubt(this.risk) && this.confirmedAt === null && !this.identityDisputed;
  }

  /** Another open ticket cannot be about the same person. A suspension goes on; what follows it stops here. */
  dispute(): void {
    this.identityDisputed = true;
    if (this.state !== 'suspended') this.review(identityDisputed);
  }

  /** It was decided: everything goes its way from a new first reading on. */
  endDispute(): void {
    const { reason } = this;
    this.identityDisputed = false;
    this.forgetCentre();
    if (this.state === 'suspended') this.reason = reason;
    else applyMove(this, 'proceed');
  }

  /** Somebody has seen the paper: what is stated may be pushed, although the centre's record differs so much. */
  confirm(now: Date): void {
    applyMove(this, 'confirm');
    this.confirmedAt = now;
    this.reason = null;
  }

  /** There is a new push to be sent. */
  pushAgain(): void {
    applyPush(this, 'push_again');
  }

  /** The first reading of this revision mismatched in these fields. */
  disputeAfterReading(disputed: AskedField[], risk: Risk | null): void {
    applyVerification(this, 'mismatch');
    this.disputed = disputed;
    this.weigh(risk);
    // Read again in review, and in doubt as before: it waits for the same person since the same time.
    if (this.state !== 'in_review' || !this.awaitsConfirmation()) this.reason = null;
  }

  /** What a reading shows of a push to come; a confirmation holds only for the doubt for which it was given. */
  weigh(risk: Risk | null): void {
    if (this.confirmedAt !== null && covers(this.risk, risk)) return;
    this.risk = risk ?? this.risk;
    this.confirmedAt = null;
  }

  /**
   * The centre took a push. With the first of a round a new clock begins: what held up the one before holds it no more.
   * @param dueAt of that clock
   * @returns whether it is the first of its round
   */
  acceptPush(now: Date, dueAt: Date): boolean {
    const first = this.acceptedAt === null;
    applyPush(this, 'accept');
    applyMove(this, 'proceed');
    if (first) {
      this.acceptedAt = now;
      this.dueAt = dueAt;
      this.heldBy = null;
    }
    this.pushes += 1;
    this.pushedAt = now;
    this.reason = null;
    return first;
  }

  /** What became of the push at the centre, after it was sent. */
  recordPush(step: 'apply' | 'refuse' | 'not_take'): void {
    applyPush(this, step);
  }

  /** A person must act. */
  review(reason: string): void {
    applyMove(this, 'review');
    this.reason = reason;
  }

  /** Nothing for which a person had to look at it is left. @returns whether it was in review */
  endReview(): boolean {
    if (this.state !== 'in_review') return false;
    applyMove(this, 'proceed');
    this.reason = null;
    return true;
  }

  /** The centre, or what stands before it, does not answer. @returns whether that is news of an open ticket */
  waitForCentre(reason: string): boolean {
    if (this.state !== 'open' || this.reason === reason) return false;
    this.reason = reason;
    return true;
  }

  /** The centre answered again. */
  endWaitForCentre(): void {
    if (this.state === 'open') this.reason = null;
  }

  /** @param incident for which the clock stands still; null when it runs */
  holdClock(incident: string | null): void {
    this.heldBy = incident;
  }

  /** The clock stood still meanwhile; it is never moved to an earlier instant. */
  moveDueAt(dueAt: Date): void {
    if (dueAt > this.dueAt) this.dueAt = dueAt;
  }

  close(now: Date, ending: Ending): void {
    if (ending.move === 'resolve') prove(this, ending.proofId);
    else applyMove(this, ending.move);
    this.openMarker = null;
    this.identityDisputed = false;
    this.closedAt = now;
    this.suspendedAt = null;
    this.missingDocuments = null;
    this.outcome = ending.outcome;
    this.reason = null;
    this.endSnooze();
  }

  /** Its resolution is questioned, and stands until the centre has been read again. */
  contest(now: Date): void {
    this.contestedAt = now;
  }

  dismissContest(): void {
    this.contestedAt = null;
  }

  /** A closed ticket is open again, as it was when it was new; whether it is urgent is judged anew. */
  beginRound(now: Date, dueAt: Date): void {
    applyMove(this, 'reopen');
    this.forgetCentre();
    this.openMarker = 1;
    this.claimNo = 1;
    this.round += 1;
    this.roundAt = now;
    this.dueAt = dueAt;
    this.acceptedAt = null;
    this.overdue = false;
    this.urgent = false;
    this.heldBy = null;
    this.closedAt = null;
    this.contestedAt = null;
    this.outcome = null;
  }

  wipe(now: Date): void {
    this.wipedAt = now;
  }

  /** Nothing is known of the centre for this revision and round. */
  private forgetCentre(): void {
    applyPush(this, 'push_again');
    this.forgetReading();
    this.pushes = 0;
    this.pushedAt = null;
    this.reason = null;
  }

  private forgetReading(): void {
    applyVerification(this, 'forget');
    this.disputed = null;
    this.risk = null;
    this.confirmedAt = null;
  }
}

/** What two tickets have to do with each other: of one person under two NIKs, or one merged into the other. */
export const linkKinds = ['same_person', 'merged_into', 'merged_from'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** One side of a link; the other ticket has a row of its own. */
@Entity('ticket_link')
export class TicketLink {
  @PrimaryId('ticket_id') ticketId!: Id;
  @PrimaryId('other_id') otherId!: Id;
  @CodeColumn('kind', 16) kind!: LinkKind;
  @TimeColumn('since') since!: Date;
}

/** Other offices that learned of the ticket through a repeat: masked reading and notes, no moves. */
@Entity('participant')
export class Participant {
  @PrimaryId('ticket_id') ticketId!: Id;
  @PrimaryId('office_id') officeId!: Id;
  @TimeColumn('since') since!: Date;
}
