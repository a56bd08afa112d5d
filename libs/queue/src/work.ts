import {
  CodeColumn,
  CountColumn,
  type Id,
  IdColumn,
  PrimaryCode,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import { Column, Entity, Index } from 'typeorm';

/** `held`: parked by a suspension; keeps its time and so its rank, and is not dispatched. */
export type Lane = 'urgent' | 'regular' | 'held';

/** Something that must happen to a subject (a ticket, a hand-off). The row is the record; a BullMQ job only wakes a worker. */
@Entity('work')
@Index('work_subject', ['kind', 'subjectId'], { unique: true })
@Index('work_due', ['kind', 'lane', 'dueAt'])
@Index('work_lease', ['kind', 'leasedUntil'])
@Index('work_turn', ['kind', 'lane', 'officeId', 'rankAt', 'dueAt'])
@Index('work_rank', ['kind', 'lane', 'rankAt', 'dueAt'])
export class Work {
  @PrimaryId() id!: Id;
  @CodeColumn('kind', 16) kind!: string;
  @IdColumn('subject_id') subjectId!: Id;
  @TimeColumn('due_at') dueAt!: Date;
  @CodeColumn('lane', 8) lane!: Lane;
  /**
   * The order in the lane. Urgent: the applicant's own deadline, else the ticket's `dueAt`. Regular: since when the row
   * waits; it stays when a fault of the centre moves `dueAt`, and is never later than `dueAt`.
   */
  @TimeColumn('rank_at') rankAt!: Date;
  /** Counts every dispatch and every claim; a worker with an older number writes nothing. */
  @CountColumn('lease_no') leaseNo!: number;
  @TimeColumn('leased_until', { nullable: true }) leasedUntil!: Date | null;
  /** The subject's own failures; those of the centre are counted at its gate. */
  @CountColumn('attempts') attempts!: number;
  /** Why it waits, as a code that has a sentence for the officer. */
  @CodeColumn('reason', 40, { nullable: true }) reason!: string | null;
  /** The office of the ticket: rows are dispatched in turns over the offices. Null where there is none, as for an incident. */
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
}

/** Which office's turn it is in a kind of work. Its row is locked while rows of the kind are dispatched, until COMMIT. */
@Entity('dispatch_turn')
export class DispatchTurn {
  @PrimaryCode('kind', 16) kind!: string;
  /** The office that was served last. */
  @IdColumn('last_office_id', { nullable: true }) lastOfficeId!: Id | null;
  @TimeColumn('dispatched_at') dispatchedAt!: Date;
}

/** A gate that is closed for all work that asks the centre: by a quota, a wrong configuration or an outage. */
@Entity('gate')
export class Gate {
  @PrimaryCode('name', 32) name!: string;
  @CodeColumn('reason', 40) reason!: string;
  @TimeColumn('closed_until') closedUntil!: Date;
  /** When the failures began that are counted here. */
  @TimeColumn('since', { nullable: true }) since!: Date | null;
  /** In a row; at least five behind a gate that was closed, until the centre has answered. */
  @Column({ type: 'int', unsigned: true }) failures!: number;
  /** Until then one caller tries whether the centre is back, and no other does. */
  @TimeColumn('probe_until', { nullable: true }) probeUntil!: Date | null;
}

/** When a process of a kind last recorded that it works. */
@Entity('heartbeat')
export class Heartbeat {
  @PrimaryCode('process', 16) process!: string;
  @TimeColumn('at') at!: Date;
}

export const workEntities = [Work, DispatchTurn, Gate, Heartbeat];
