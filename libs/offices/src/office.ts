import { CodeColumn, type Id, IdColumn, NameColumn, PrimaryId, TimeColumn } from '@sinkron/database';
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
}
