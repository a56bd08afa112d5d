import type { PolicyRules } from './policy';
import { CountColumn, type Id, IdColumn, JsonColumn, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity } from 'typeorm';

/** How escalations of an office, and of the nodes below that have none of their own, reach a person. */
@Entity('escalation_policy')
export class EscalationPolicy {
  @PrimaryId('office_id') officeId!: Id;
  /** Rises with every change. */
  @CountColumn('version') version!: number;
  @JsonColumn('rules') rules!: PolicyRules;
  @TimeColumn('changed_at') changedAt!: Date;
  @IdColumn('changed_by', { nullable: true }) changedBy!: Id | null;

  static create(now: Date, officeId: Id, rules: PolicyRules, by: Id | null): EscalationPolicy {
    const policy = new EscalationPolicy();
    policy.officeId = officeId;
    policy.version = 0;
    policy.change(now, rules, by);
    return policy;
  }

  change(now: Date, rules: PolicyRules, by: Id | null): void {
    this.version += 1;
    this.rules = rules;
    this.changedAt = now;
    this.changedBy = by;
  }
}
