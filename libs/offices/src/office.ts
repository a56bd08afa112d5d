import {
  CodeColumn,
  type Id,
  IdColumn,
  NameColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import { Entity, Index } from 'typeorm';

/** From the centre's side down: the nation has provinces, a province has offices. */
export const officeLevels = ['nation', 'province', 'office'] as const;
export type OfficeLevel = (typeof officeLevels)[number];

export const zones = [
  'Asia/Jakarta',
  'Asia/Pontianak',
  'Asia/Makassar',
  'Asia/Jayapura',
] as const satisfies Zone[];

/** A node of the tree of offices. Complaints belong to one; officers and contacts sit at one. */
@Entity('office')
@Index('office_code', ['code'], { unique: true })
@Index('office_parent', ['parentId'])
export class Office {
  @PrimaryId() id!: Id;
  /** What people call it by; for a registry office, its region code. */
  @CodeColumn('code', 16) code!: string;
  @NameColumn('name', 120) name!: string;
  @CodeColumn('level', 8) level!: OfficeLevel;
  /** Null for the nation alone. */
  @IdColumn('parent_id', { nullable: true }) parentId!: Id | null;
  /** The clock on the office's wall, for deadlines that people read. */
  @CodeColumn('zone', 32) zone!: Zone;
  @TimeColumn('created_at') createdAt!: Date;
  /** The office that takes over what it had; null while it is neither closing nor closed. */
  @IdColumn('successor_id', { nullable: true }) successorId!: Id | null;
  @TimeColumn('closing_since', { nullable: true }) closingSince!: Date | null;
  /** Who had it closed; null also for the operator. */
  @IdColumn('closing_by', { nullable: true }) closingBy!: Id | null;
  /** Why, in the words of whoever had it closed. */
  @SealedColumn('closing_note', { nullable: true }) closingNote!: Buffer | null;
  /** When the last of what it had was with the successor. */
  @TimeColumn('closed_at', { nullable: true }) closedAt!: Date | null;
}

/** Of an office that is neither closing nor closed. */
export const stillOpen = {
  successorId: null,
  closingSince: null,
  closingBy: null,
  closingNote: null,
  closedAt: null,
} as const;
