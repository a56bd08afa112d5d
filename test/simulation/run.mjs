import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { places } from '../../scripts/launcher/places.mjs';
import { compare, waitsOf } from './compare.mjs';
import { scenarios } from './scenarios.mjs';

const page = join(places.project, 'docs/prediction.md');
const markers = ['<!-- simulated: begin -->', '<!-- simulated: end -->'];

/**
 * `npm run simulate -- --seed 1 --share 1`: prints how the live schedule compares with the fixed one and how often
 * the predictions came true, and writes it into docs/prediction.md. The same seed gives the same figures.
 */
async function main() {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, share: { type: 'string', default: '1' } },
  });
  const [seed, share] = [Number(values.seed), Number(values.share)];
  if (!Number.isInteger(seed) || !(share > 0 && share <= 2)) {
    throw new Error('--seed is a whole number, --share of the usual number of tickets lies between 0 and 2');
  }
  const code = shippedCode();
  const results = Object.keys(scenarios).map((scenario) => compare(code, scenario, { seed, share }));
  const text = `${scheduleTable(results)}\n\n${calibrationTable(results)}`;
  console.log(text);
  if (share === 1)
    await write(
      `Written by \`npm run simulate -- --seed ${seed}\`; not edited by hand.\n\n${waitsOf(code)}\n\n${text}`,
    );
}

/** What the desk ships, as it was built. */
function shippedCode() {
  const require = createRequire(import.meta.url);
  const lib = (name) => require(join(places.project, 'dist/libs', name, 'src/index.js'));
  return {
    ...lib('lag'),
    nextScheduledReading: lib('resync').nextScheduledReading,
    durations: lib('config').durationProfiles.production,
  };
}

function scheduleTable(results) {
  const rows = results.flatMap(({ scenario, fixed, live, equalReads, equalDelay }) =>
    Object.entries({
      fixed,
      'live, as it ships': live,
      'live, with as many readings': equalReads,
      'live, with the same delay': equalDelay,
    }).map(([name, { reads, delay, delay90 }]) =>
      [scenario, name, reads.toFixed(1), delay.toFixed(1), delay90.toFixed(0)].join(' | '),
    ),
  );
  return table(
    'Scenario | Schedule | Readings per ticket | Mean delay, minutes | 9 of 10 found within, minutes',
    rows,
  );
}

function calibrationTable(results) {
  const percent = (share) => `${(100 * share).toFixed(0)} %`;
  const rows = results.flatMap(({ scenario, live: { calibration } }) =>
    calibration.map(({ asked, count, half, nineOfTen }) =>
      [scenario, asked, count, percent(half), percent(nineOfTen)].join(' | '),
    ),
  );
  return table('Scenario | Asked | Predictions | In the range of half | Before "9 of 10"', rows);
}

function table(head, rows) {
  const line = head.replaceAll(/[^|]+/g, ' --- ');
  return [head, line, ...rows].map((row) => `| ${row} |`).join('\n');
}

async function write(text) {
  const whole = readFileSync(page, 'utf8');
  const [before, after] = [whole.split(markers[0])[0], whole.split(markers[1])[1]];
  const options = await prettier.resolveConfig(page);
  const written = `${before}${markers[0]}\n\n${text}\n\n${markers[1]}${after}`;
  writeFileSync(page, await prettier.format(written, { ...options, parser: 'markdown' }));
}

await main();
