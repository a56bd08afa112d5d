import { Allowance } from './allowance';

/** A shared count, and how often it was asked. */
function counter(points: number) {
  const counts = new Map<string, number>();
  const asked = { times: 0 };
  const take = (key: string, taken = 1) => {
    asked.times += 1;
    const count = (counts.get(key) ?? 0) + taken;
    counts.set(key, count);
    return Promise.resolve({ over: count > points, count, wait: 60 });
  };
  return { limit: { take }, asked };
}

it('gives exactly as many as there are, to all who ask at once', async () => {
  const { limit } = counter(6_000);
  const allowance = new Allowance(limit, 6_000);
  const waits = await Promise.all(Array.from({ length: 7_000 }, () => allowance.take('one')));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(6_000);
  expect(new Set(waits)).toEqual(new Set([0, 60]));
  expect(await allowance.take('other')).toBe(0);
});

it('asks once for a hundredth of them, and no more once it is over', async () => {
  const { limit, asked } = counter(6_000);
  const allowance = new Allowance(limit, 6_000);
  for (let n = 0; n < 6_500; n++) await allowance.take('one');
  expect(asked.times).toBe(101);
});

it('does not bundle where there are few', async () => {
  const { limit } = counter(5);
  const allowance = new Allowance(limit, 5);
  const waits = [];
  for (let n = 0; n < 7; n++) waits.push(await allowance.take('one'));
  expect(waits).toEqual([0, 0, 0, 0, 0, 60, 60]);
});

it('charges a large answer for each of its pieces', async () => {
  const { limit } = counter(10);
  const allowance = new Allowance(limit, 10);
  expect(await allowance.take('one')).toBe(0);
  await allowance.charge('one', 8);
  expect([await allowance.take('one'), await allowance.take('one')]).toEqual([0, 60]);
  await allowance.charge('one', 8);
  expect(await allowance.take('other')).toBe(0);
});
