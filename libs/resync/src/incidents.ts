import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '@sinkron/database';
import { Escalations, type Incident } from '@sinkron/escalation';

/** The end of what stood for all cases at once: each late case that it covered must speak for itself again. */
@Injectable()
export class Incidents {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
  ) {}

  /**
   * The centre works again. In a transaction of its own: after an outage many cases find that out at once, and none
   * may wait for the incident's row with its case locked while another, who has the row, waits for that case.
   */
  async end(incident: Incident): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (await this.escalations.closeIncident(transaction, incident)) await lookAgain(transaction);
    });
  }

  /**
   * Ends what nobody waits for any more: the last case that the centre did not take may have been cancelled, or proved
   * without a push, and then no answer of the centre would ever end it.
   */
  async endWithNobodyWaiting(): Promise<void> {
    for (const { incident } of await this.escalations.openIncidents()) {
      const waits = incident === null ? undefined : whoWaits[incident];
      if (incident === null || waits === undefined) continue;
      const waiting = await this.transactions.query(waits);
      if (waiting.length === 0) await this.end(incident);
    }
  }

  /** An officer ended an incident by hand: the late cases are looked at again, whatever the centre does. */
  async endedByHand(): Promise<void> {
    await this.transactions.run(lookAgain);
  }
}

/** One row while somebody waits for the end of the incident. Being rejected concerns also who does not wait yet. */
const whoWaits: Partial<Record<Incident, string>> = {
  centre_not_taking: `select 1 from ticket where status in ('received', 'queued', 'overdue') and state = 'open'
     and accepted_at is null limit 1`,
  centre_not_answering: `select 1 from work where kind in ('hand-over', 'verify', 'contest')
     and lane in ('urgent', 'regular') limit 1`,
};

async function lookAgain(transaction: Transaction): Promise<void> {
  const late = await transaction.query<{ id: Buffer }>(
    `select work.id from work join ticket on ticket.id = work.subject_id
     where work.kind = 'deadline' and ticket.open_marker = 1 and ticket.overdue = 1`,
  );
  if (late.length === 0) return;
  await transaction.execute(
    `update work set due_at = utc_timestamp(3), rank_at = utc_timestamp(3), lease_no = lease_no + 1, leased_until = null where id in (?)`,
    [late.map(({ id }) => id)],
  );
}
