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

/** `held`: parked by a suspension; keeps its time, and so its place, and is not dispatched. */
export type Lane = 'urgent' | 'regular' | 'held';

/** Something that must happen to a subject (a case, a hand-off). The row is the record; BullMQ only rings. */
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
   * The place in the lane's order. Urgent: the applicant's own deadline, else the case's `dueAt`. Regular: since when
   * the row stands in line; it stays when a fault of the centre moves `dueAt`, and is never later than `dueAt`.
   */
  @TimeColumn('rank_at') rankAt!: Date;
  /** Counts every offer and every claim; who writes under an older number writes nothing. */
  @CountColumn('lease_no') leaseNo!: number;
  @TimeColumn('leased_until', { nullable: true }) leasedUntil!: Date | null;
  /** The subject's own failures; those of the centre are counted at its gate. */
  @CountColumn('attempts') attempts!: number;
  /** Why it waits, as a code that has a sentence for the officer. */
  @CodeColumn('reason', 40, { nullable: true }) reason!: string | null;
  /** Whose case it is: rows are offered in turns over the offices. Null: nobody's, as an incident is. */
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
}

/** Where the offering of a kind stands; who writes it is the only one that offers rows of this kind, until COMMIT. */
@Entity('turn')
export class Turn {
  @PrimaryCode('kind', 16) kind!: string;
  /** The office that was served last; the next one is first. */
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  @TimeColumn('dispatched_at') dispatchedAt!: Date;
}

/** A door that is closed for all work of the centre: by a quota, a wrong configuration or an outage. */
@Entity('gate')
export class Gate {
  @PrimaryCode('name', 32) name!: string;
  @CodeColumn('reason', 40) reason!: string;
  @TimeColumn('closed_until') closedUntil!: Date;
  /** When the trouble began that is counted here; null in rows of a version before. */
  @TimeColumn('since', { nullable: true }) since!: Date | null;
  /** In a row; a gate that was closed stands at five at least, until somebody was answered. */
  @Column({ type: 'int', unsigned: true }) failures!: number;
  /** Somebody is trying whether the centre is back, and until then nobody else does. */
  @TimeColumn('probe_until', { nullable: true }) probeUntil!: Date | null;
}

/** When a process of a kind last recorded that it works. */
@Entity('heartbeat')
export class Heartbeat {
  @PrimaryCode('process', 16) process!: string;
  @TimeColumn('at') at!: Date;
}

export const workEntities = [Work, Turn, Gate, Heartbeat];
