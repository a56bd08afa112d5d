import type { Applicant } from './applicant';
import type { Channel } from './vocabulary';
import {
  CodeColumn,
  DigestColumn,
  type Id,
  IdColumn,
  type Place,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** The names of the indexes by which statements are found. */
export const kkIndex = 'statement.kk';
export const phoneIndex = 'statement.phone';

/** `first` and `repeat` are complaints; `correction` is a new revision; `note` is free text with a move or alone. */
export const statementKinds = ['first', 'repeat', 'correction', 'note'] as const;
export type StatementKind = (typeof statementKinds)[number];

/** What somebody said of a ticket: who, from where, and the values, sealed. Never overwritten. */
@Entity('statement')
@Index('statement_ticket', ['ticketId', 'kind'])
@Index('statement_phone', ['phoneKey'])
@Index('statement_kk', ['kkKey'])
export class Statement {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id') ticketId!: Id;
  @CodeColumn('kind', 16) kind!: StatementKind;
  @IdColumn('office_id') officeId!: Id;
  /** Null when it was submitted from outside; `by` in the entry of the history says by whom. */
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  @CodeColumn('channel', 16) channel!: Channel;
  /** Null once the ticket is wiped. */
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;
  @DigestColumn<Partial<StatedValues>>('phone_key', phoneIndex, ({ applicant }) => applicant?.phone, {
    nullable: true,
  })
  phoneKey!: Buffer | null;
  @DigestColumn<Partial<StatedValues>>('kk_key', kkIndex, ({ applicant }) => applicant?.kk, {
    nullable: true,
  })
  kkKey!: Buffer | null;
  @TimeColumn('made_at') madeAt!: Date;
}

export function statementPlace(id: Id): Place {
  return { table: 'statement', column: 'sealed', rowId: id };
}

/** What is sealed in a statement of kind first, repeat or correction. */
export interface StatedValues {
  applicant: Applicant;
  /** The error text that SSCASN showed. */
  symptom?: string;
  note?: string;
  urgentReason?: string;
}

/** The names of what was stated, for the audit; never a value. */
export function statedFields({ applicant, ...texts }: StatedValues): string[] {
  return Object.entries({ ...applicant, ...texts })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
}

/** What is sealed in a statement of kind note. */
export interface StatedNote {
  text: string;
}
