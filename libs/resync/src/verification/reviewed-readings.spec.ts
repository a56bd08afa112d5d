import { nextWait } from './reviewed-readings';

const hour = 3_600_000;
const now = new Date('2026-11-22T03:00:00Z');
const bounds = { least: 2 * hour, most: 24 * hour };

it.each([
  [null, 2],
  [0, 2],
  [1, 2],
  [2, 2],
  [4, 4],
  [8, 8],
  [16, 16],
  [32, 24],
  [1000, 24],
])('in review for %s hours, it is read again after %s', (hours, wait) => {
  const since = hours === null ? null : new Date(now.getTime() - hours * hour);
  expect(nextWait(since, now, bounds) / hour).toBe(wait);
});

it('takes few readings, however long it lasts', () => {
  let reviewed = 0;
  let readings = 0;
  for (; reviewed < 7 * 24 * hour; readings++)
    reviewed += nextWait(new Date(now.getTime() - reviewed), now, bounds);
  expect(readings).toBeLessThanOrEqual(11);
});
