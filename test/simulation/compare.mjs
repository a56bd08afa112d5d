import { runDesk } from './desk.mjs';
import { drawTickets, scenarios } from './scenarios.mjs';

const minute = 60_000;

/** What the live schedule aims at when no quota presses (libs/lag/src/reading-plan.ts). */
const usualTarget = (code) => code.readingTarget(null, 0);

/**
 * The fixed schedule and the live one over the same tickets and the same luck.
 * @param {import('./desk.mjs').Code} code
 * @param {keyof typeof scenarios} scenario
 * @param {{ seed: number, share?: number, turns?: number }} options `turns`: how finely the equal runs are sought, 0 for not at all
 */
export function compare(code, scenario, { seed, share = 1, turns = 6 }) {
  const drawn = drawTickets(seed, share);
  const run = (target) => figures(runDesk(code, drawn, scenarios[scenario], target));
  const fixed = run(null);
  const live = run(usualTarget(code));
  return {
    scenario,
    fixed,
    live,
    equalReads: seek(run, ({ reads }) => reads > fixed.reads, turns),
    equalDelay: seek(run, ({ delay }) => delay < fixed.delay, turns),
  };
}

/**
 * By which waits of production the figures came about, for the page: a test tells when they are others by now.
 * @param {import('./desk.mjs').Code} code
 */
export function waitsOf({ durations: { readings, longestReading, settle, lagWindow } }) {
  const minutes = (wait) => wait / minute;
  return [
    `The fixed schedule reads ${readings.map(minutes).join(', ')} minutes after the push and then as often as that last wait;`,
    `the live one every ${minutes(readings[0])} to ${minutes(longestReading)} minutes;`,
    `a push counts as not taken ${minutes(settle)} minutes after it is called done;`,
    `the lag is learned from the last ${minutes(lagWindow) / 60} hours.`,
  ].join(' ');
}

/** A higher target reads less often and finds later; halves the range until the live schedule equals the fixed one. */
function seek(run, isTooEager, turns) {
  let [low, high] = [0.02, 0.25];
  let found;
  for (let turn = 0; turn < turns; turn++) {
    const target = Math.sqrt(low * high);
    found = run(target);
    if (isTooEager(found)) low = target;
    else high = target;
  }
  return found;
}

function figures(tickets) {
  const found = tickets.filter(({ foundAt }) => foundAt !== null);
  const delays = found
    .map(({ foundAt, matchAt }) => (foundAt - matchAt) / minute)
    .sort((one, other) => one - other);
  return {
    tickets: tickets.length,
    /** Readings per ticket. */
    reads: mean(tickets.map(({ reads }) => reads)),
    /** Minutes from the match to the reading that found it. */
    delay: mean(delays),
    delay90: delays[Math.floor(delays.length * 0.9)],
    calibration: ['at the push', 'six hours later'].map((asked) => calibration(tickets, asked)),
  };
}

/** How often what was said came true; a ticket that an officer had to take over did not. */
function calibration(tickets, asked) {
  const said = tickets.flatMap(({ said, matchAt, foundAt }) =>
    said
      .filter((one) => one.asked === asked)
      .map((one) => ({ ...one, matchAt: foundAt === null ? Infinity : matchAt })),
  );
  const share = (inside) => said.filter(inside).length / said.length;
  return {
    asked,
    count: said.length,
    half: share(({ from, to, matchAt }) => from <= matchAt && matchAt <= to),
    nineOfTen: share(({ by90, matchAt }) => matchAt <= by90 && matchAt < Infinity),
  };
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
