import { Injectable } from '@nestjs/common';
import { fromBinary, type Id, type Transaction, Transactions } from '@sinkron/database';
import { Escalations, type Incident } from '@sinkron/escalation';
import { Gates, registryGate, WorkTable } from '@sinkron/queue';

/** The end of what stood for many cases at once: their clocks go on, and each late one must speak for itself again. */
@Injectable()
export class Incidents {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly gates: Gates,
    private readonly work: WorkTable,
  ) {}

  /**
   * The centre works again. In a transaction of its own: after an outage many cases find that out at once, and none
   * may wait for the incident's row with its case locked while another, who has the row, waits for that case.
   */
  async end(incident: Incident, region: string | null = null): Promise<void> {
    await this.haveLookedAgain((transaction) =>
      this.escalations.closeIncident(transaction, incident, region),
    );
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

  /**
   * Ends what the gate no longer shows: whoever got the first answer may have died before saying so, and every later
   * answer is one among many.
   */
  async endForgotten(): Promise<void> {
    const open = (await this.escalations.openIncidents()).map(({ incident }) => incident);
    for (const incident of shownByGate) {
      if (open.includes(incident) && (await this.gates.read(registryGate)).failures === 0)
        await this.end(incident);
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
    await this.haveLookedAgain(() => Promise.resolve(true));
  }

  /**
   * In pieces, the first with the end itself: after two days of outage the late cases are hundreds of thousands, and one
   * statement for all would be larger than the database takes, and hold the rows that every other job needs.
   */
  private async haveLookedAgain(end: (transaction: Transaction) => Promise<boolean>): Promise<void> {
    const rest = await this.transactions.run(async (transaction) => {
      const late = (await end(transaction)) ? await lateCases(transaction) : [];
      await this.work.makeDue(transaction, 'deadline', late.slice(0, firstPiece));
      return late.slice(firstPiece);
    });
    await this.work.makeManyDue('deadline', rest);
  }
}

/** One row while somebody waits for the end of the incident. Other incidents concern also those who do not wait yet. */
const whoWaits = {
  centre_not_taking: `select 1 from ticket where status in ('received', 'queued', 'overdue') and state = 'open'
     and accepted_at is null limit 1`,
  centre_not_answering: `select 1 from work where kind in ('push', 'verify', 'contest')
     and lane in ('urgent', 'regular') limit 1`,
} as const satisfies Partial<Record<Incident, string>>;

/** An outage is one incident: where pushes wait, it is the one that would be told of them anyway. */
const outages = ['centre_not_taking', 'centre_not_answering'] as const;

/** So many cases are looked at again in the transaction of the end itself. */
const firstPiece = 1_000;

/** These last as long as something is counted at the gate. */
const shownByGate = ['centre_rejects_us', 'centre_not_answering'] as const;

/** Every late or held case. */
async function lateCases(transaction: Transaction): Promise<Id[]> {
  const late = await transaction.query<{ id: Buffer }>(
    `select id from ticket force index (ticket_status) where status = 'overdue'
     union select id from ticket force index (ticket_held) where held_by is not null`,
  );
  return late.map(({ id }) => fromBinary(id));
}
