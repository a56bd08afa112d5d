import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '@sinkron/database';
import { Escalations, type Incident } from '@sinkron/escalation';

/** The end of what stood for many cases at once: their clocks go on, and each late one must speak for itself again. */
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
  async end(incident: Incident, region: string | null = null): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (await this.escalations.closeIncident(transaction, incident, region)) await lookAgain(transaction);
    });
  }

  /**
   * Ends what nobody waits for any more: the last case that the centre did not take may have been cancelled, or proved
   * without a push, and then no answer of the centre would ever end it.
   */
  async endWithNobodyWaiting(): Promise<void> {
    const open = (await this.escalations.openIncidents()).map(({ incident }) => incident);
    for (const incident of outages) {
      if (open.includes(incident) && !(await this.somebodyWaits(incident))) await this.end(incident);
    }
  }

  /** As which incident a centre that answers nobody is told; null while nobody waits for it. */
  async outage(): Promise<Incident | null> {
    for (const incident of outages) if (await this.somebodyWaits(incident)) return incident;
    return null;
  }

  private async somebodyWaits(incident: keyof typeof whoWaits): Promise<boolean> {
    return (await this.transactions.query(whoWaits[incident])).length > 0;
  }

  /** An officer ended an incident by hand: the late cases are looked at again, whatever the centre does. */
  async endedByHand(): Promise<void> {
    await this.transactions.run(lookAgain);
  }
}

/** One row while somebody waits for the end of the incident. Other incidents concern also those who do not wait yet. */
const whoWaits = {
  centre_not_taking: `select 1 from ticket where status in ('received', 'queued', 'overdue') and state = 'open'
     and accepted_at is null limit 1`,
  centre_not_answering: `select 1 from work where kind in ('hand-over', 'verify', 'contest')
     and lane in ('urgent', 'regular') limit 1`,
} as const satisfies Partial<Record<Incident, string>>;

/** An outage is one incident: where pushes wait, it is the one that would be told of them anyway. */
const outages = ['centre_not_taking', 'centre_not_answering'] as const;

async function lookAgain(transaction: Transaction): Promise<void> {
  const late = await transaction.query<{ id: Buffer }>(
    `select work.id from work join ticket on ticket.id = work.subject_id
     where work.kind = 'deadline' and ticket.open_marker = 1 and (ticket.overdue = 1 or ticket.held_by is not null)`,
  );
  if (late.length === 0) return;
  await transaction.execute(
    `update work set due_at = utc_timestamp(3), rank_at = utc_timestamp(3), lease_no = lease_no + 1, leased_until = null where id in (?)`,
    [late.map(({ id }) => id)],
  );
}
