import { arrivals, horizon, warmUp } from './scenarios.mjs';

const hour = 3_600_000;

/** The desk learns every minute; every two hours is often enough to show the same. */
const tick = 2 * hour;
/** Who asks a second time does so when the ticket has waited so long. */
const askedAgain = 6 * hour;
const fewest = 30;

/**
 * What the desk decides by: the code that ships, from TypeScript in tests and from `dist` on the command line
 * (`estimateSurvival`, `predict`, `nextReading` and `readingTarget` of libs/lag, `nextScheduledReading` of libs/resync),
 * with the waits of production.
 * @typedef {Record<string, (...given: any[]) => any> & { durations: import('@sinkron/config').Durations }} Code
 */

/** @typedef {{ asked: 'at the push' | 'six hours later', from: number, to: number, by90: number }} Said */

/**
 * Takes every ticket through a desk that reads on one schedule.
 * @param {Code} code
 * @param {import('./scenarios.mjs').DrawnTicket[]} drawn
 * @param {(acceptedAt: number, strength: number) => number} centre when it is done with a push
 * @param {number | null} target of a reading on the live schedule; null for the fixed one
 * @returns what became of each ticket that came after the warm-up
 */
export function runDesk(code, drawn, centre, target) {
  const tickets = drawn.map((luck) => ({
    luck,
    number: 0,
    sent: [],
    reads: 0,
    matchAt: null,
    foundAt: null,
    said: [],
    next: luck.startsAt,
  }));
  const desk = { code, centre, target, curve: null, sampleSize: 0, pushes: [] };
  let waiting = [];
  let come = 0;
  for (let now = 0; now < horizon && (come < tickets.length || waiting.length > 0); now += tick) {
    learn(desk, now);
    while (come < tickets.length && tickets[come].next < now + tick) waiting.push(tickets[come++]);
    for (const one of waiting) {
      while (one.next < now + tick) {
        if (one.number === 0) push(desk, one, one.next);
        else read(desk, one, one.next);
      }
    }
    waiting = waiting.filter(({ next }) => next < Infinity);
  }
  return tickets.filter(({ luck: { startsAt } }) => startsAt >= warmUp && startsAt < arrivals);
}

function learn(desk, now) {
  desk.pushes = desk.pushes.filter(({ acceptedAt }) => acceptedAt > now - desk.code.durations.lagWindow);
  const { curve, events } = desk.code.estimateSurvival(
    desk.pushes.map(({ acceptedAt, mismatchedAt, provedAt }) =>
      provedAt === null
        ? { milliseconds: mismatchedAt - acceptedAt, matched: false }
        : { milliseconds: (mismatchedAt + provedAt) / 2 - acceptedAt, matched: true },
    ),
  );
  desk.curve = events < fewest ? null : curve;
  desk.sampleSize = events;
}

/** The centre accepts it at once: what comes before is the same for every schedule. */
function push(desk, one, now) {
  const luck = one.luck.pushes[one.number++];
  const doneAt = desk.centre(now, luck.strength);
  one.current = { acceptedAt: now, mismatchedAt: now, provedAt: null };
  one.sent.push(one.current);
  one.doneAt = doneAt;
  one.settledAt = null;
  one.matchAt = luck.takes ? doneAt : null;
  desk.pushes.push(one.current);
  if (one.number === 1) say(desk, one, now, 'at the push');
  one.next = nextReadingOf(desk, one, now);
}

function read(desk, one, now) {
  one.reads++;
  if (one.matchAt !== null && one.matchAt <= now) {
    for (const sent of one.sent) sent.provedAt = now;
    one.foundAt = now;
    one.next = Infinity;
    return;
  }
  for (const sent of one.sent) sent.mismatchedAt = now;
  if (one.doneAt <= now) one.settledAt ??= now + desk.code.durations.settle;
  if (one.settledAt !== null && one.settledAt <= now) return notTaken(desk, one, now);
  if (now - one.current.acceptedAt >= askedAgain) say(desk, one, now, 'six hours later');
  one.next = Math.min(one.settledAt ?? Infinity, nextReadingOf(desk, one, now));
}

function notTaken(desk, one, now) {
  if (one.number < one.luck.pushes.length) push(desk, one, now);
  // An officer takes over now; when it matches no longer depends on the schedule.
  else one.next = Infinity;
}

function nextReadingOf({ code, target, curve }, { current: { acceptedAt } }, now) {
  const { readings, longestReading } = code.durations;
  if (target === null || curve === null) {
    return code.nextScheduledReading(new Date(acceptedAt), new Date(now), readings).getTime();
  }
  const bounds = { least: readings[0], most: longestReading };
  return acceptedAt + code.nextReading(curve, now - acceptedAt, target, bounds);
}

/** Keeps what the applicant would be told at this moment, once for each moment that is compared. */
function say({ code, curve, sampleSize }, one, now, asked) {
  if (curve === null || one.said.some((said) => said.asked === asked)) return;
  const { from, to, by90 } = code.predict(
    { curve, sampleSize, basis: 'nation' },
    { state: 'open', push: 'accepted', pushedAt: new Date(one.current.acceptedAt) },
    new Date(now),
  );
  const at = (instant) => instant?.getTime() ?? Infinity;
  one.said.push({ asked, from: at(from), to: at(to), by90: at(by90) });
}
