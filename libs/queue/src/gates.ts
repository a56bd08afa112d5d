import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { type Transaction, Transactions } from '@sinkron/database';

/** Whether, why and until when the centre is not to be asked. */
export interface GateState {
  closed: boolean;
  reason: string | null;
  /** Milliseconds until it opens; 0 when it is open. */
  rest: number;
  failures: number;
  /** It was closed, its time is up, and the centre has not answered since: one caller at a time may try. */
  halfOpen: boolean;
  /** When it opens; null when it is open. */
  until: Date | null;
  /** When the failures began; null when there are none. */
  since: Date | null;
}

/** Reasons of a closed gate that are no outage of the centre: announced by it, or a fault of our account. */
export const nonOutageReasons: readonly string[] = ['quota_used_up', 'outside_hours', 'configuration'];

/** So many failures of the centre in a row close its gate for all processes. */
const failuresThatClose = 5;

/** The gates in the database: every process reads them before work is dispatched and before the centre is called. */
@Injectable()
export class Gates {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param on the transaction that asks, if one does */
  async read(name: string, on: Pick<Transaction, 'query'> = this.transactions): Promise<GateState> {
    const [row] = await on.query<{
      reason: string;
      rest: string;
      closed_until: Date;
      failures: number;
      since: Date | null;
    }>(
      `select reason, failures, since, closed_until, timestampdiff(microsecond, utc_timestamp(3), closed_until) as rest from gate where name = ?`,
      [name],
    );
    if (!row)
      return { closed: false, reason: null, rest: 0, failures: 0, until: null, since: null, halfOpen: false };
    const rest = Math.max(0, Number(row.rest) / 1000);
    const { reason, failures, since } = row;
    const closed = rest > 0;
    return {
      closed,
      reason,
      rest,
      failures,
      until: closed ? row.closed_until : null,
      since,
      halfOpen: rest === 0 && failures >= failuresThatClose,
    };
  }

  /**
   * As `read`, for a caller about to ask the centre. Behind a half-open gate one caller of all processes goes ahead as
   * its probe; for the others the gate stays closed until the probe has reported.
   * @param probe how long the call may take, in milliseconds; a probe that died is forgotten then
   */
  async enter(name: string, probe: number): Promise<GateState> {
    const gate = await this.read(name);
    if (!gate.halfOpen) return gate;
    const taken = await this.transactions.execute(
      `update gate set probe_until = utc_timestamp(3) + interval ? microsecond
       where name = ? and closed_until <= utc_timestamp(3)
         and (probe_until is null or probe_until <= utc_timestamp(3))`,
      [probe * 1000, name],
    );
    if (taken > 0) return gate;
    // By now the probe may have reported already.
    const now = await this.read(name);
    return now.halfOpen ? { ...now, closed: true, rest: this.config.durations.backOff.least } : now;
  }

  /** The probe did not ask the centre after all: another caller may. */
  async leave(name: string): Promise<void> {
    await this.transactions.execute('update gate set probe_until = null where name = ?', [name]);
  }

  /** Closes the gate for a known reason, for so many milliseconds. A longer closure keeps its own reason. */
  async close(name: string, reason: string, wait: number): Promise<void> {
    await this.transactions.execute(
      `insert into gate (name, reason, closed_until, failures, since)
       values (?, ?, utc_timestamp(3) + interval ? microsecond, ?, utc_timestamp(3))
       on duplicate key update reason = if(values(closed_until) >= closed_until, values(reason), reason),
         closed_until = greatest(closed_until, values(closed_until)),
         failures = greatest(failures, values(failures)), probe_until = null`,
      [name, reason, Math.round(wait) * 1000, failuresThatClose],
    );
  }

  /**
   * Counts a failure of the centre itself. From the fifth in a row on the gate closes, longer each time, so that one
   * outage costs a few calls and not one for every ticket. Calls that were in flight when it closed are not
   * counted and leave its reason as it is. The failures begin with the first one, not with a closure for another reason that went before.
   * @returns after how many milliseconds the work that met the failure should be tried again
   */
  async failed(name: string, reason: string): Promise<number> {
    await this.transactions.execute(
      `insert into gate (name, reason, closed_until, failures, since)
       values (?, ?, utc_timestamp(3), 1, utc_timestamp(3))
       on duplicate key update
         since = case when closed_until <= utc_timestamp(3) and reason in (?) then values(since) else since end,
         reason = case when closed_until <= utc_timestamp(3) then values(reason) else reason end,
         failures = failures + case when closed_until > utc_timestamp(3) then 0 else 1 end`,
      [name, reason, nonOutageReasons],
    );
    const { closed, rest, failures } = await this.read(name);
    if (closed) return rest;
    const wait = backOff(this.config.durations.backOff, failures);
    if (failures >= failuresThatClose) {
      await this.transactions.execute(
        `update gate set closed_until = utc_timestamp(3) + interval ? microsecond, probe_until = null
         where name = ? and closed_until <= utc_timestamp(3)`,
        [wait * 1000, name],
      );
    }
    return wait;
  }

  /** The centre answered: its failures are forgotten. */
  async succeeded(name: string): Promise<void> {
    await this.transactions.execute('delete from gate where name = ? and closed_until <= utc_timestamp(3)', [
      name,
    ]);
  }
}

/** Doubles from the least to the most wait and spreads by a fifth, so that what failed together is not tried again together. */
export function backOff({ least, most }: { least: number; most: number }, failures: number): number {
  const wait = Math.min(most, least * 2 ** Math.min(failures - 1, 20));
  return Math.round(wait * (0.9 + Math.random() * 0.2));
}
