import type { HistoryEntry, HistoryKind } from '../model/history';
import type { MoveOutOf } from '../model/lifecycle';

/** How the history tells that a suspension ended, by every move that can end one. */
const suspensionEnds: Record<MoveOutOf<'suspended'>, HistoryKind> = {
  resume: 'resumed',
  reject: 'rejected',
  cancel: 'cancelled',
  merge: 'merged',
};

/** The entries of a history that tell its suspensions. */
export const suspensionKinds: readonly HistoryKind[] = ['suspended', ...Object.values(suspensionEnds)];

/** A time in which a ticket's clock stands still; without an end it still goes on. */
export interface Pause {
  from: Date;
  to: Date | null;
}

/**
 * Each from its suspension to what ended it; the last one may go on. A ticket that was closed while suspended is not
 * resumed: were its closing left out, the clock of a later round would stand still for ever.
 * @param history oldest first
 */
export function suspensions(history: readonly Pick<HistoryEntry, 'kind' | 'at'>[]): Pause[] {
  return history
    .filter(({ kind }) => suspensionKinds.includes(kind))
    .map(({ kind, at }, index, entries) => ({ kind, from: at, to: entries[index + 1]?.at ?? null }))
    .filter(({ kind }) => kind === 'suspended')
    .map(({ from, to }) => ({ from, to }));
}

/**
 * How long a ticket's clock stood still between two instants, in milliseconds: the length of the union of its pauses,
 * so that a suspension during an outage is not counted twice. Worked out anew every time and never added up: a job
 * that is done twice, or never, leaves nothing wrong behind.
 */
export function pausedWithin(pauses: readonly Pause[], from: Date, to: Date): number {
  const sorted = pauses
    .map((pause) => clipped(pause, from, to))
    .filter(({ begin, end }) => end > begin)
    .sort((one, other) => one.begin - other.begin);
  let paused = 0;
  let reached = from.getTime();
  for (const { begin, end } of sorted) {
    paused += Math.max(0, end - Math.max(begin, reached));
    reached = Math.max(reached, end);
  }
  return paused;
}

/**
 * When a clock that runs for `length` milliseconds from `from` comes to its end, the pauses left out; null while it
 * stands still in a pause that goes on.
 */
export function endOfClock(from: Date, length: number, pauses: readonly Pause[]): Date | null {
  let reached = from.getTime();
  let left = length;
  for (const pause of [...pauses].sort((one, other) => one.from.getTime() - other.from.getTime())) {
    const begin = Math.max(reached, pause.from.getTime());
    if (begin >= reached + left) break;
    const end = pause.to?.getTime() ?? null;
    if (end === null) return null;
    if (end <= begin) continue;
    left -= begin - reached;
    reached = end;
  }
  return new Date(reached + left);
}

function clipped({ from, to }: Pause, least: Date, most: Date): { begin: number; end: number } {
  return {
    begin: Math.max(from.getTime(), least.getTime()),
    end: Math.min(to?.getTime() ?? Infinity, most.getTime()),
  };
}
