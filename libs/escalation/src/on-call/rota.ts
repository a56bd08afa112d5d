import { officerId } from './id-fields';
import { instantAt } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';
import { calendarDay, timeOfDay, zones } from '@sinkron/offices';
import { z } from 'zod';

export const turnLengths = ['daily', 'weekly'] as const;

/** Who takes turns, and when the shift changes. */
export const rotaPlan = z.strictObject({
  members: z
    .array(officerId)
    .min(1)
    .max(50)
    .refine(
      (members) => new Set(members).size === members.length,
      refinement('member_repeated', 'Sebut setiap petugas satu kali.', 'Name each officer once.'),
    )
    .describe('Ids of officers, in the order of their turns'),
  turn: z.enum(turnLengths),
  handoverAt: timeOfDay.describe('When the shift changes, on the clock of `zone`'),
  startsOn: calendarDay.describe(
    "The first shift change, when the first member's turn begins; weekly ones fall on its weekday",
  ),
  zone: z.enum(zones),
});
export type RotaPlan = z.output<typeof rotaPlan>;

/** A turn that somebody else has, from the first instant until before the last. */
export interface Override {
  id: string;
  officerId: string;
  fromAt: Date;
  toAt: Date;
  madeAt: Date;
}

export interface ShiftChange {
  at: Date;
  /** Whose turn begins, by the plan alone. */
  officer: string;
}

const day = 86_400_000;

/** The officer who has the turn; null before the first shift change. Of overlapping overrides the last made wins. */
export function onDuty(plan: RotaPlan, overrides: readonly Override[], instant: Date): string | null {
  const override = overrides
    .filter(({ fromAt, toAt }) => fromAt <= instant && instant < toAt)
    .reduce<Override | null>((last, next) => (last && isLater(last, next) ? last : next), null);
  if (override) return override.officerId;
  const turn = turnAt(plan, instant);
  return turn < 0 ? null : memberOf(plan, turn);
}

/** The next shift changes after an instant, by the plan alone. */
export function nextShiftChanges(plan: RotaPlan, instant: Date, count: number): ShiftChange[] {
  const first = Math.max(turnAt(plan, instant) + 1, 0);
  return Array.from({ length: count }, (_, at) => ({
    at: new Date(start(plan) + (first + at) * lengthOf(plan)),
    officer: memberOf(plan, first + at),
  }));
}

function isLater(one: Override, other: Override): boolean {
  const apart = one.madeAt.getTime() - other.madeAt.getTime();
  return apart === 0 ? one.id > other.id : apart > 0;
}

/** Turns are counted from 0; no zone has summer time, so all of them are equally long. */
function turnAt(plan: RotaPlan, instant: Date): number {
  return Math.floor((instant.getTime() - start(plan)) / lengthOf(plan));
}

function start({ startsOn, handoverAt, zone }: RotaPlan): number {
  return instantAt(startsOn, handoverAt, zone).getTime();
}

function lengthOf({ turn }: RotaPlan): number {
  return turn === 'weekly' ? 7 * day : day;
}

function memberOf({ members }: RotaPlan, turn: number): string {
  return members[turn % members.length]!;
}
