import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '@sinkron/database';
import { Escalations, type Incident } from '@sinkron/escalation';
import { Gates, registryGate, WorkTable } from '@sinkron/queue';
import { centreKinds, WorkerTickets } from '@sinkron/tickets';

/** The end of what stood for many cases at once: their clocks go on, and each late one must speak for itself again. */
@Injectable()
export class Incidents {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly gates: Gates,
    private readonly work: WorkTable,
    private readonly tickets: WorkerTickets,
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

  /** Whether somebody waits for the end of it; other incidents concern also those who do not wait yet. */
  private somebodyWaits(incident: (typeof outages)[number]): Promise<boolean> {
    return incident === 'centre_not_taking'
      ? this.transactions.run((transaction) => this.tickets.isAnyUntaken(transaction))
      : this.work.isAnyWaiting(centreKinds);
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
      const late = (await end(transaction)) ? await this.tickets.overdueOrHeld(transaction) : [];
      await this.work.makeDue(transaction, 'deadline', late.slice(0, firstPiece));
      return late.slice(firstPiece);
    });
    await this.work.makeManyDue('deadline', rest);
  }
}

/** An outage is one incident: where pushes wait, it is the one that would be told of them anyway. */
const outages = ['centre_not_taking', 'centre_not_answering'] as const;

/** So many cases are looked at again in the transaction of the end itself. */
const firstPiece = 1_000;

/** These last as long as something is counted at the gate. */
const shownByGate = ['centre_rejects_us', 'centre_not_answering'] as const;
