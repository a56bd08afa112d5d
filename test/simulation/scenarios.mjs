const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The time between two tickets. */
const between = 90_000;
/** Tickets come for so long, */
export const arrivals = 6 * day;
/** those of the first days only teach the lag, */
export const warmUp = 3 * day;
/** and the run goes on until nearly all are done. */
export const horizon = 14 * day;

/** The share of pushes that change the centre's record (docs/prediction.md says where the figures come from). */
const takeRate = 0.8;
const sigma = 0.98;
/** A ticket is pushed so often at most, as the desk does. */
const mostPushes = 3;

/** @typedef {{ startsAt: number, pushes: { strength: number, takes: boolean }[] }} DrawnTicket */

/**
 * How a centre behaves: when it is done with a push that it accepted at an instant. `strength` is a standard normal
 * draw, so that every schedule meets the same luck.
 * @type {Record<string, (acceptedAt: number, strength: number) => number>}
 */
export const scenarios = {
  /** Log-normal, median 6 h: 92 % within a day. */
  steady: (acceptedAt, strength) => acceptedAt + logNormal(6 * hour, strength),
  /** The median rises evenly from 3 h to 12 h over the days in which tickets come. */
  drift: (acceptedAt, strength) =>
    acceptedAt + logNormal((3 + (9 * Math.min(acceptedAt, arrivals)) / arrivals) * hour, strength),
  /** In the middle of the fifth day nothing moves for five hours. */
  outage: (acceptedAt, strength) => {
    const [from, to] = [4.5 * day, 4.5 * day + 5 * hour];
    const doneAt = acceptedAt + logNormal(6 * hour, strength);
    if (acceptedAt >= to || doneAt <= from) return doneAt;
    return doneAt + to - Math.max(from, acceptedAt);
  },
};

function logNormal(median, strength) {
  return median * Math.exp(sigma * strength);
}

/**
 * The tickets of a run, with the luck of every push that each may need.
 * @param {number} seed
 * @param {number} share of the usual number of tickets
 * @returns {DrawnTicket[]}
 */
export function drawTickets(seed, share = 1) {
  const random = mulberry32(seed);
  const spacing = between / share;
  return Array.from({ length: Math.floor(arrivals / spacing) }, (_, number) => ({
    startsAt: (number + random()) * spacing,
    pushes: Array.from({ length: mostPushes }, () => ({
      strength: normal(random),
      takes: random() < takeRate,
    })),
  }));
}

/** Small, seedable and good enough for this (mulberry32, public domain). */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Box and Muller. */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
