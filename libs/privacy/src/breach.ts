import {
  CodeColumn,
  type ColumnsOf,
  type Id,
  IdColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** Three times twenty-four hours after the discovery (UU PDP 27/2022 art. 46): the law's, so the demo has the same. */
export const noticeHours = 72;

/** Whose readings are in question: those of an officer, a sign-in, a token, or everything done at an office. */
export const breachSubjects = ['officer', 'session', 'token', 'office'] as const;
export type BreachSubject = (typeof breachSubjects)[number];

/** A recorded failure to protect personal data; which data it concerns is read from the audit. */
@Entity('breach')
@Index('breach_notice', ['noticeGivenAt', 'discoveredAt'])
export class Breach {
  @PrimaryId() id!: Id;
  /** The office of whoever recorded it: its scope, and those above, see it. */
  @IdColumn('office_id') officeId!: Id;
  @IdColumn('recorded_by') recordedBy!: Id;
  @TimeColumn('recorded_at') recordedAt!: Date;
  @TimeColumn('discovered_at') discoveredAt!: Date;
  /** The first instant in question. */
  @TimeColumn('window_from') from!: Date;
  /** The first instant after it. */
  @TimeColumn('window_to') to!: Date;
  @CodeColumn('concerns', 8) concerns!: BreachSubject;
  @IdColumn('subject_id') subjectId!: Id;
  /** When the persons concerned and the authority were notified, as an administrator says. */
  @TimeColumn('notice_given_at', { nullable: true }) noticeGivenAt!: Date | null;
  @IdColumn('notice_by', { nullable: true }) noticeBy!: Id | null;
  /** `{ description }` */
  @SealedColumn('sealed') sealed!: Buffer;

  /** A breach of which nobody was notified yet. */
  static record(facts: Omit<ColumnsOf<Breach>, 'noticeGivenAt' | 'noticeBy'>): Breach {
    return Object.assign(new Breach(), {
      ...facts,
      noticeGivenAt: null,
      noticeBy: null,
    } satisfies ColumnsOf<Breach>);
  }

  noticeDueAt(): Date {
    return new Date(this.discoveredAt.getTime() + noticeHours * 3_600_000);
  }

  /** The time is over and no notice was given; after one, `noticeGivenAt` against `noticeDueAt` says whether it was late. */
  isNoticeOverdue(now: Date): boolean {
    return this.noticeGivenAt === null && this.noticeDueAt() < now;
  }

  giveNotice(at: Date, by: Id): void {
    this.noticeGivenAt = at;
    this.noticeBy = by;
  }
}
