import type { PublicStatus } from '../model/lifecycle';
import type { Channel, Purpose } from '../model/vocabulary';
import { type Id, toBinary } from '@sinkron/database';
import type { Scope } from '@sinkron/offices';

/*
 * Pages of tickets as SQL. The server may choose to gather all rows of a state and sort them, a second at ten million
 * rows, or to walk all tickets for a filter that few match; so the key to walk is named.
 */

export interface TicketFilter {
  status?: PublicStatus;
  urgent?: boolean;
  purpose?: Purpose;
  channel?: Channel;
  /** Id of the last ticket of the page before. */
  cursor?: Id;
  limit: number;
}

/** The key by which the tickets of each filter are walked, newest first. */
const keys = {
  status: 'ticket_status',
  urgent: 'ticket_urgent',
  purpose: 'ticket_purpose_newest',
  channel: 'ticket_channel',
} as const;
type Filtered = keyof typeof keys;

/** A filter with how many tickets match it by itself, counted as far as `fewTickets`. */
export interface CountedFilter {
  column: Filtered;
  count: number;
}

/** One that matches so many is common: a page is found sooner among the newest tickets of the offices. */
const fewTickets = 1_000;
/** Up to so many offices are walked one by one, which is more than a province has. */
const fewOffices = 64;

interface Sql {
  sql: string;
  parameters: unknown[];
}

/** How many tickets match each filter that is given, from its key alone; null where none is given. */
export function countQuery(filter: TicketFilter): Sql | null {
  const counts = givenIn(filter).map((column) => {
    const { sql, parameters } = conditions([[`${column} = ?`, valueOf(filter, column)], ...before(filter)]);
    return {
      sql: `select '${column}' as \`column\`, count(*) as count
            from (select 1 from ticket force index (${keys[column]}) ${sql} limit ?) as some`,
      parameters: [...parameters, fewTickets],
    };
  });
  return counts.length === 0 ? null : union(counts);
}

/** @param counts what `countQuery` found */
export function pageQuery(scope: Scope, filter: TicketFilter, counts: readonly CountedFilter[]): Sql {
  const [rarest] = counts.toSorted((one, other) => one.count - other.count);
  const { ids: offices, everything } = scope;
  if (rarest && rarest.count < fewTickets) return walk(keys[rarest.column], offices, scope, filter);
  if (offices.length === 1) return walk(officeKey(filter), offices, scope, filter);
  if (!everything && offices.length <= fewOffices) return officeByOffice(scope, filter);
  return walk(rarest ? keys[rarest.column] : 'primary', offices, scope, filter);
}

function walk(
  key: string,
  offices: readonly Id[],
  { everything }: Pick<Scope, 'everything'>,
  filter: TicketFilter,
): Sql {
  const among: Condition[] =
    everything && offices.length > 1 ? [] : [['office_id in (?)', offices.map(toBinary)]];
  const { sql, parameters } = conditions([...among, ...given(filter), ...before(filter)]);
  return {
    sql: `force index (${key}) ${sql} order by id desc limit ?`,
    parameters: [...parameters, filter.limit + 1],
  };
}

/** The newest of each office, and of these the newest: those of other offices between them are not read. */
function officeByOffice({ ids }: Scope, filter: TicketFilter): Sql {
  const newest = union(
    ids.map((id) => {
      const { sql, parameters } = walk(officeKey(filter), [id], { everything: false }, filter);
      return { sql: `(select id from ticket ${sql})`, parameters };
    }),
  );
  return {
    sql: `where id in (select id from (select id from (${newest.sql}) as newest order by id desc limit ?) as page)
          order by id desc`,
    parameters: [...newest.parameters, filter.limit + 1],
  };
}

function officeKey({ status }: TicketFilter): string {
  return status ? 'ticket_office_status' : 'ticket_office';
}

type Condition = readonly [sql: string, value: unknown];

function givenIn(filter: TicketFilter): Filtered[] {
  return (Object.keys(keys) as Filtered[]).filter((column) => filter[column] !== undefined);
}

function given(filter: TicketFilter): Condition[] {
  return givenIn(filter).map((column) => [`${column} = ?`, valueOf(filter, column)]);
}

function valueOf(filter: TicketFilter, column: Filtered): unknown {
  const value = filter[column];
  return typeof value === 'boolean' ? Number(value) : value;
}

function before({ cursor }: TicketFilter): Condition[] {
  return cursor ? [['id < ?', toBinary(cursor)]] : [];
}

function conditions(all: readonly Condition[]): Sql {
  const sql = all.length > 0 ? `where ${all.map(([condition]) => condition).join(' and ')}` : '';
  return { sql, parameters: all.map(([, value]) => value) };
}

function union(all: readonly Sql[]): Sql {
  return {
    sql: all.map(({ sql }) => sql).join(' union all '),
    parameters: all.flatMap(({ parameters }) => parameters),
  };
}
