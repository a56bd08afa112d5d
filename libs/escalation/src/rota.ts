import type { Zone } from '@sinkron/identity';

/** Who takes turns, and when the turn passes on. */
export interface RotaPlan {
  /** Ids of officers, in their order. */
  members: string[];
  turn: 'daily' | 'weekly';
  /** Time of day of the hand-over, `HH:MM`, on the clock of `zone`. */
  handoverAt: string;
  /** ISO date of the first hand-over, when the first member's turn begins; weekly ones fall on its weekday. */
  startsOn: string;
  zone: Zone;
}
