import type { RotaPlan } from './rota';
import { type Id, IdColumn, JsonColumn, NameColumn, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** Officers who take turns. */
@Entity('rota')
@Index('rota_office', ['officeId', 'id'])
export class Rota {
  @PrimaryId() id!: Id;
  @IdColumn('office_id') officeId!: Id;
  @NameColumn('name', 60) name!: string;
  @JsonColumn('plan') plan!: RotaPlan;
  @TimeColumn('changed_at') changedAt!: Date;
  @IdColumn('changed_by', { nullable: true }) changedBy!: Id | null;
}

/** Somebody else has the turn for a while. */
@Entity('rota_override')
@Index('rota_override_rota', ['rotaId', 'toAt'])
export class RotaOverride {
  @PrimaryId() id!: Id;
  @IdColumn('rota_id') rotaId!: Id;
  @IdColumn('officer_id') officerId!: Id;
  @TimeColumn('from_at') fromAt!: Date;
  @TimeColumn('to_at') toAt!: Date;
  @TimeColumn('made_at') madeAt!: Date;
  @IdColumn('made_by', { nullable: true }) madeBy!: Id | null;
}
