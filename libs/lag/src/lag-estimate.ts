import type { LagCurve } from './survival';
import { CountColumn, JsonColumn, PrimaryCode, TimeColumn } from '@sinkron/database';
import { Entity } from 'typeorm';

/** How long the resync took of late in one region; the worker computes it again every minute or so. */
@Entity('lag_estimate')
export class LagEstimate {
  /** A province's code, or `nation`. */
  @PrimaryCode('region', 16) region!: string;
  @TimeColumn('computed_at') computedAt!: Date;
  /** Matches in the sample. */
  @CountColumn('events') events!: number;
  /** Pushes in the sample that were unmatched when last read. */
  @CountColumn('censored') censored!: number;
  /** Pushes that the centre accepted in the last day, in or out of the sample. */
  @CountColumn('pushes') pushes!: number;
  @JsonColumn('curve') curve!: LagCurve;
}

export const lagEntities = [LagEstimate];
