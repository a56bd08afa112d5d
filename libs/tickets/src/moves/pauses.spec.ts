import * as fc from 'fast-check';
import type { HistoryKind } from '../model/history';
import { endOfClock, pausedWithin, type Pause, suspensions } from './pauses';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 0, minute));
const pause = (from: number, to: number | null): Pause => ({
  from: at(from),
  to: to === null ? null : at(to),
});

it('takes a suspension to end with whatever ended it, and another entry to say nothing of it', () => {
  const told: [HistoryKind, number][] = [
    ['received', 0],
    ['suspended', 1],
    ['corrected', 2],
    ['resumed', 3],
    ['suspended', 5],
    ['cancelled', 8],
    ['reopened', 9],
    ['suspended', 10],
    ['rejected', 12],
    ['suspended', 20],
    ['noted', 21],
  ];
  expect(suspensions(told.map(([kind, minute]) => ({ kind, at: at(minute) })))).toEqual([
    pause(1, 3),
    pause(5, 8),
    pause(10, 12),
    pause(20, null),
  ]);
});

it('counts every minute of overlapping pauses once, and only those inside', () => {
  const pauses = [pause(10, 30), pause(20, 40), pause(25, 26), pause(55, 90), pause(-10, 2)];
  expect(pausedWithin(pauses, at(0), at(60)) / 60_000).toBe(2 + 30 + 5);
});

it('ends a clock later by what stood still on the way, also by pauses that only the delay reaches', () => {
  expect(endOfClock(at(0), 60 * 60_000, [pause(10, 30), pause(70, 75), pause(86, 99)])).toEqual(at(85));
  expect(endOfClock(at(0), 60 * 60_000, [])).toEqual(at(60));
});

it('has no end while a pause goes on that is reached before it', () => {
  expect(endOfClock(at(0), 60 * 60_000, [pause(50, null)])).toBeNull();
  expect(endOfClock(at(0), 60 * 60_000, [pause(65, null)])).toEqual(at(60));
});

it('never lets a clock end after less than its length of running time', () => {
  const arbitraryPause = fc
    .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 100 }))
    .map(([from, length]) => pause(from, from + length));
  fc.assert(
    fc.property(
      fc.array(arbitraryPause, { maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      (pauses, length) => {
        const end = endOfClock(at(0), length * 60_000, pauses)!;
        const ran = end.getTime() - at(0).getTime() - pausedWithin(pauses, at(0), end);
        expect(ran).toBe(length * 60_000);
      },
    ),
  );
});
