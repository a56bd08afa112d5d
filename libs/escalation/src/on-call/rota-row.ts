import type { RotaPlan } from './rota';
import { type Id, IdColumn, JsonColumn, NameColumn, newId, PrimaryId, TimeColumn } from '@sinkron/database';
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

  static create(now: Date, officeId: Id, given: { name: string; plan: RotaPlan; by: Id | null }): Rota {
    const rota = new Rota();
    rota.id = newId();
    rota.officeId = officeId;
    rota.change(now, given);
    return rota;
  }

  change(now: Date, { name, plan, by }: { name: string; plan: RotaPlan; by: Id | null }): void {
    this.name = name;
    this.plan = plan;
    this.changedAt = now;
    this.changedBy = by;
  }
}

/** Somebody else has the turn from one instant until before another. */
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

  static create(
    now: Date,
    rotaId: Id,
    { officer, from, to, by }: { officer: Id; from: Date; to: Date; by: Id | null },
  ): RotaOverride {
    const override = new RotaOverride();
    override.id = newId();
    override.rotaId = rotaId;
    override.officerId = officer;
    override.fromAt = from;
    override.toAt = to;
    override.madeAt = now;
    override.madeBy = by;
    return override;
  }
}
