import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { durationProfiles } from '@sinkron/config';
import { estimateSurvival, nextReading, predict, readingTarget } from '@sinkron/lag';
import { nextScheduledReading } from '@sinkron/resync';
import { compare, waitsOf } from './compare.mjs';

const code = {
  estimateSurvival,
  nextReading,
  predict,
  readingTarget,
  nextScheduledReading,
  durations: durationProfiles.production,
};

/** A quarter of the usual tickets, with a fixed seed; `npm run simulate` has the whole figures. */
const result = compare(code, 'steady', { seed: 7, share: 0.25, turns: 0 });

it('the figures of docs/prediction.md came about by the waits that ship; if not, run `npm run simulate`', () => {
  const page = readFileSync(join(__dirname, '../../docs/prediction.md'), 'utf8');
  expect(page.replaceAll(/\s+/g, ' ')).toContain(waitsOf(code));
});

it('the live schedule finds matches with less effort than the fixed one', () => {
  const { fixed, live } = result;
  // Twice the readings find in half the time, so their product says how well they are placed.
  expect(live.reads * live.delay).toBeLessThan(0.87 * fixed.reads * fixed.delay);
  expect(live.reads).toBeLessThan(0.75 * fixed.reads);
});

it.each(['at the push', 'six hours later'])('what was predicted %s comes true', (asked) => {
  const kept = result.live.calibration.find((one) => one.asked === asked);
  expect(kept?.count).toBeGreaterThan(200);
  expect(kept?.half).toBeGreaterThan(0.43);
  expect(kept?.half).toBeLessThan(0.57);
  expect(kept?.nineOfTen).toBeGreaterThan(0.85);
  expect(kept?.nineOfTen).toBeLessThan(0.95);
});
