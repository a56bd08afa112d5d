import { nextShiftChanges, onDuty, rotaPlan, type RotaPlan } from './rota';
import { instantAt, wallClock } from '@sinkron/identity';
import fc from 'fast-check';

const [one, two, three] = [1, 2, 3].map((n) => `019a0000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const plan: RotaPlan = {
  members: [one, two, three],
  turn: 'daily',
  handoverAt: '07:30',
  startsOn: '2026-11-23',
  zone: 'Asia/Jayapura',
};
const at = (text: string) => new Date(text);
const override = (
  id: string,
  officerId: string,
  from: string,
  to: string,
  made = '2026-11-20T00:00:00Z',
) => ({
  id,
  officerId,
  fromAt: at(from),
  toAt: at(to),
  madeAt: at(made),
});

it('the shift changes at the local time, and before the first change nobody has the turn', () => {
  const duty = (instant: string) => onDuty(plan, [], at(instant));
  expect(duty('2026-11-22T22:29:59.999Z')).toBeNull();
  expect(duty('2026-11-22T22:30:00Z')).toBe(one);
  expect(duty('2026-11-23T22:29:59.999Z')).toBe(one);
  expect(duty('2026-11-23T22:30:00Z')).toBe(two);
  expect(duty('2026-11-25T22:30:00Z')).toBe(one);
  expect(onDuty({ ...plan, turn: 'weekly' }, [], at('2026-11-29T22:29:00Z'))).toBe(one);
  expect(onDuty({ ...plan, turn: 'weekly' }, [], at('2026-11-29T22:30:00Z'))).toBe(two);
});

it('an override goes before the plan, and the one that was made last before all', () => {
  const [from, to] = ['2026-11-23T00:00:00Z', '2026-11-23T12:00:00Z'];
  const later = override('a', 'three', '2026-11-23T06:00:00Z', to, '2026-11-21T00:00:00Z');
  const overrides = [later, override('b', 'two', from, to)];
  for (const all of [overrides, overrides.toReversed()]) {
    expect(onDuty(plan, all, at(from))).toBe('two');
    expect(onDuty(plan, all, at('2026-11-23T06:00:00Z'))).toBe('three');
    expect(onDuty(plan, all, at(to))).toBe(one);
  }
  // Of two made at the same instant the ids decide, whatever their order.
  const twins = [override('c', 'two', from, to), override('d', 'three', from, to)];
  for (const all of [twins, twins.toReversed()]) expect(onDuty(plan, all, at(from))).toBe('three');
  // Also before the plan begins.
  expect(onDuty(plan, [override('e', two, '2026-11-01T00:00:00Z', to)], at('2026-11-02T00:00:00Z'))).toBe(
    two,
  );
});

it('the next shift changes lie ahead, the first of all included', () => {
  expect(nextShiftChanges(plan, at('2026-11-01T00:00:00Z'), 2)).toEqual([
    { at: at('2026-11-22T22:30:00Z'), officer: one },
    { at: at('2026-11-23T22:30:00Z'), officer: two },
  ]);
  expect(nextShiftChanges(plan, at('2026-11-23T22:30:00Z'), 1)).toEqual([
    { at: at('2026-11-24T22:30:00Z'), officer: three },
  ]);
});

const plans = fc.record({
  members: fc.uniqueArray(fc.uuid({ version: 7 }), { minLength: 1, maxLength: 8 }),
  turn: fc.constantFrom('daily' as const, 'weekly' as const),
  handoverAt: fc.constantFrom('00:00', '07:30', '16:00', '23:59'),
  startsOn: fc.constantFrom('2026-01-01', '2026-02-28', '2026-12-31'),
  zone: fc.constantFrom('Asia/Jakarta' as const, 'Asia/Makassar' as const, 'Asia/Jayapura' as const),
});
const instants = fc.date({ min: at('2025-06-01'), max: at('2029-01-01'), noInvalidDate: true });

it('from the first shift change on, one member has the turn at every instant, each for equally long', () => {
  fc.assert(
    fc.property(plans, instants, (any, instant) => {
      fc.pre(instant >= instantAt(any.startsOn, any.handoverAt, any.zone));
      const duty = onDuty(any, [], instant);
      expect(any.members).toContain(duty);
      const [next, after] = nextShiftChanges(any, instant, 2);
      const length = (any.turn === 'weekly' ? 7 : 1) * 86_400_000;
      expect(next!.at.getTime()).toBeGreaterThan(instant.getTime());
      expect(after!.at.getTime() - next!.at.getTime()).toBe(length);
      expect(next!.at.getTime() - instant.getTime()).toBeLessThanOrEqual(length);
      // The same member up to the last instant of the turn, the next one in the list from its end on.
      expect(onDuty(any, [], new Date(next!.at.getTime() - 1))).toBe(duty);
      expect(onDuty(any, [], next!.at)).toBe(next!.officer);
      const place = any.members.indexOf(duty!);
      expect(next!.officer).toBe(any.members[(place + 1) % any.members.length]);
    }),
  );
});

it('before the first shift change nobody has the turn, and it is the next one', () => {
  fc.assert(
    fc.property(plans, instants, (any, instant) => {
      const begins = instantAt(any.startsOn, any.handoverAt, any.zone);
      fc.pre(instant < begins);
      expect(onDuty(any, [], instant)).toBeNull();
      expect(nextShiftChanges(any, instant, 1)).toEqual([{ at: begins, officer: any.members[0] }]);
    }),
  );
});

it('the shift changes when the clock of the zone says so', () => {
  fc.assert(
    fc.property(plans, instants, (any, instant) => {
      const [next] = nextShiftChanges(any, instant, 1);
      const { time } = wallClock(next!.at, any.zone);
      expect(new Date(time).toISOString().slice(11, 16)).toBe(any.handoverAt);
      const [weekly] = nextShiftChanges({ ...any, turn: 'weekly' }, instant, 1);
      const begins = (new Date(any.startsOn).getUTCDay() + 6) % 7;
      expect(wallClock(weekly!.at, any.zone)).toMatchObject({ time, weekday: begins });
    }),
  );
});

it.each([
  ['members', [], 'too_small'],
  ['members', [one, one.toUpperCase()], 'custom'],
  ['members', ['x'], 'invalid_format'],
  ['handoverAt', '24:00', 'custom'],
  ['handoverAt', '7:30', 'custom'],
  ['startsOn', '2026-02-29', 'custom'],
  ['startsOn', '1926-02-01', 'custom'],
  ['zone', 'Asia/Tokyo', 'invalid_value'],
])('a plan whose %s is %j is refused', (field, value, code) => {
  const issues = rotaPlan.safeParse({ ...plan, [field]: value }).error?.issues ?? [];
  expect(issues.map((issue) => [issue.path[0], issue.code])).toEqual([[field, code]]);
});
