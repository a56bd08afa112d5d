import { type Id, IdColumn, NameColumn, PrimaryCode, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity } from 'typeorm';

/** A day on which an office, and every one below it, is closed; from the yearly joint decree, kept by hand. */
@Entity('holiday')
export class Holiday {
  @PrimaryId('office_id') officeId!: Id;
  /** ISO date, on the office's own clock. */
  @PrimaryCode('day', 10) day!: string;
  @NameColumn('name', 80) name!: string;
  @TimeColumn('changed_at') changedAt!: Date;
  @IdColumn('changed_by', { nullable: true }) changedBy!: Id | null;
}
