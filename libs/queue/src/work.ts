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

/**
 * The kinds of work. Each has one handler in the lib that owns its meaning and one processor in the worker; the
 * worker does not start while a kind has no processor, or two.
 */
export const workKinds = ['hand-over', 'verify', 'contest', 'deadline', 'receipt'] as const;
export type WorkKind = (typeof workKinds)[number];

/** Kinds that speak to the centre wait while its gate is closed. */
export const centreKinds: readonly WorkKind[] = ['hand-over', 'verify', 'contest'];

/** `held`: parked by a suspension; keeps its time, and so its place, and is not offered. */
export type Lane = 'urgent' | 'regular' | 'held';

/** Something that must happen to a subject (a case, a hand-off). The row is the record; BullMQ only rings. */
@Entity('work')
@Index('work_subject', ['kind', 'subjectId'], { unique: true })
@Index('work_due', ['kind', 'lane', 'dueAt'])
@Index('work_lease', ['kind', 'leasedUntil'])
export class Work {
  @PrimaryId() id!: Id;
  @CodeColumn('kind', 16) kind!: WorkKind;
  @IdColumn('subject_id') subjectId!: Id;
  @TimeColumn('due_at') dueAt!: Date;
  @CodeColumn('lane', 8) lane!: Lane;
  /** Order inside the urgent lane: the applicant's own deadline, else the case's `dueAt`. */
  @TimeColumn('rank_at') rankAt!: Date;
  /** Counts every offer and every claim; who writes under an older number writes nothing. */
  @CountColumn('lease_no') leaseNo!: number;
  @TimeColumn('leased_until', { nullable: true }) leasedUntil!: Date | null;
  /** The subject's own failures; those of the centre are counted at its gate. */
  @CountColumn('attempts') attempts!: number;
  /** Why it waits, as a code that has a sentence for the officer. */
  @CodeColumn('reason', 40, { nullable: true }) reason!: string | null;
}

/** A door that is closed for all work of the centre: by a quota, a wrong configuration or an outage. */
@Entity('gate')
export class Gate {
  @PrimaryCode('name', 32) name!: string;
  @CodeColumn('reason', 40) reason!: string;
  @TimeColumn('closed_until') closedUntil!: Date;
  @Column({ type: 'int', unsigned: true }) failures!: number;
}

export const workEntities = [Work, Gate];
