import type { Transaction } from '@sinkron/database';
import { nation, type Observation } from '@sinkron/lag';

/** At most so many pushes of a region are read. */
const sampleSize = 5_000;
/**
 * The window is cut into so many slices, and each gives at most its share: were the newest pushes of all taken, those
 * of a busy region would all be too young to have matched.
 */
const slices = 36;

/** What became of one push, and when it was accepted. */
export interface SampledPush extends Observation {
  acceptedAt: Date;
}

/** One statement for the whole sample: each slice walks its own part of the index and stops at its share. */
export function sampleQuery(
  region: string,
  { from, to }: { from: Date; to: Date },
): { sql: string; parameters: unknown[] } {
  const everywhere = region === nation;
  const slice = `(select accepted_at, timestampdiff(microsecond, accepted_at, mismatched_at) as mismatched,
    timestampdiff(microsecond, accepted_at, proved_at) as proved
    from push force index (${everywhere ? 'push_accepted' : 'push_region'})
    where ${everywhere ? '' : 'region = ? and '}accepted_at > ? and accepted_at <= ?
    order by accepted_at desc limit ?)`;
  const width = (to.getTime() - from.getTime()) / slices;
  const edge = (number: number) => new Date(from.getTime() + number * width);
  const parameters = Array.from({ length: slices }, (_, number) => [
    ...(everywhere ? [] : [region]),
    edge(number),
    edge(number + 1),
    Math.ceil(sampleSize / slices),
  ]).flat();
  return { sql: Array.from({ length: slices }, () => slice).join(' union all '), parameters };
}

/**
 * How long the pushes of a region waited for their match. Matches are only seen by reading: one is put half-way
 * between the last mismatching reading and the proof, and a ticket without one has waited until its last reading and
 * not until now, so that what ended it (a correction, a cancellation, an officer) need not be known.
 */
export async function samplePushes(
  transaction: Transaction,
  region: string,
  window: number,
): Promise<SampledPush[]> {
  const { now } = transaction;
  const from = new Date(now.getTime() - window);
  const { sql, parameters } = sampleQuery(region, { from, to: now });
  const rows = await transaction.query<{
    accepted_at: Date;
    mismatched: string | null;
    proved: string | null;
  }>(sql, parameters);
  return rows.map(({ accepted_at: acceptedAt, mismatched, proved }) => {
    const waited = Number(mismatched ?? 0) / 1000;
    if (proved === null) return { acceptedAt, milliseconds: waited, matched: false };
    return { acceptedAt, milliseconds: (waited + Number(proved) / 1000) / 2, matched: true };
  });
}
