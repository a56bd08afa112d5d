/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The turns of one contender at one number of connections, as one: the median of every figure, but all refusals.
 * @param {import('./measure.mjs').Turn[]} turns
 * @returns {import('./measure.mjs').Turn}
 */
export function medianTurn(turns) {
  const of = (name) => median(turns.map((turn) => turn[name]));
  const refused = turns.reduce((sum, turn) => sum + turn.refused, 0);
  return { ...Object.fromEntries(Object.keys(turns[0]).map((name) => [name, of(name)])), refused };
}

/**
 * The goals of the project (issue 2, item 13), and what was reached.
 * @param {Record<number, Record<string, import('./measure.mjs').Turn>>} load by connections and contender
 * @param {Record<string, { start: number, memory: number }>} processes by contender
 */
export function goals(load, processes) {
  const least = (what, goal, reached) => ({ what, goal: `≥ ${goal}`, reached, met: reached >= goal });
  const most = (what, goal, reached) => ({ what, goal: `≤ ${goal}`, reached, met: reached <= goal });
  const faster = (connections, than) => load[connections].ours.perSecond / load[connections][than].perSecond;
  const list = [];
  if (load[64]) {
    const { ours, obvious } = load[64];
    list.push(
      least('Tickets per second at 64 connections, × the obvious build', 4, faster(64, 'obvious')),
      least('Tickets per second at 64 connections, × the bare INSERT', 0.6, faster(64, 'bare')),
      most('Processor time of the API per ticket, × the obvious build', 0.25, ours.cpu / obvious.cpu),
    );
  }
  if (load[256]) {
    list.push(least('Tickets per second at 256 connections, × the bare INSERT', 1, faster(256, 'bare')));
  }
  const { ours, obvious } = processes;
  list.push(
    most('Memory of the API after the load, MiB (PSS)', 150, ours.memory),
    most('Start of the API until it is ready, × the obvious build', 1.5, ours.start / obvious.start),
  );
  return list;
}
