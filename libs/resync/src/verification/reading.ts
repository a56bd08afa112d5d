import {
  CodeColumn,
  CountColumn,
  FlagColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import type { AskedField } from '@sinkron/registry';
import { Entity, Index } from 'typeorm';

export type Verdicts = Partial<Record<AskedField, boolean>>;

export type Scores = Partial<Record<AskedField, number>>;

/** When a reading is taken: before the first push, while it is waited for, as its proof, or to judge a contest. */
export const readingMoments = ['before', 'check', 'after', 'contest'] as const;
export type ReadingMoment = (typeof readingMoments)[number];

/** What the centre answered at one moment: the evidence before and after (R8). No values, only match or mismatch. */
@Entity('reading')
@Index('reading_ticket', ['ticketId', 'id'])
export class Reading {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id') ticketId!: Id;
  @CountColumn('round') round!: number;
  /** The statement whose values were asked. */
  @IdColumn('statement_id') statementId!: Id;
  @CodeColumn('moment', 8) moment!: ReadingMoment;
  @CodeColumn('code', 4) code!: string;
  @JsonColumn('verdicts') verdicts!: Verdicts;
  /** How alike names and places are, of 100: the centre calls a match what is alike enough. */
  @JsonColumn('scores') scores!: Scores;
  /** All that was in dispute matched. */
  @FlagColumn('matched') matched!: boolean;
  @TimeColumn('read_at') readAt!: Date;
}
