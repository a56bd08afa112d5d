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

  /** An officer ended an incident by hand: the late cases are looked at again, whatever the centre does. */
  async endedByHand(): Promise<void> {
    await this.transactions.run(lookAgain);
  }
}

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
