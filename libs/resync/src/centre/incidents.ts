import { Injectable } from '@nestjs/common';
import { type Id, type Transaction, Transactions } from '@sinkron/database';
import { Escalations, type Incident } from '@sinkron/escalation';
import { Gates, registryGate, WorkTable } from '@sinkron/queue';
import { centreKinds, WorkerTickets } from '@sinkron/tickets';

/** Ends incidents of the centre: the clocks of their tickets go on, and each late ticket gets an escalation of its own. */
@Injectable()
export class Incidents {
  /** The incidents that were open when alarms were last checked. */
  private known: ReadonlySet<Id> = new Set();

  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly gates: Gates,
    private readonly work: WorkTable,
    private readonly tickets: WorkerTickets,
  ) {}

  /**
   * The centre works again. In a transaction of its own: after an outage many jobs find that out at once, and none may
   * wait for the incident's row with its ticket locked while another, which has the row, waits for that ticket.
   */
  async end(incident: Incident, region: string | null = null): Promise<void> {
    await this.endAndCheckDeadlines((transaction) =>
      this.escalations.closeIncident(transaction, incident, region),
    );
  }

  /**
   * Ends what no ticket waits for any more: the last one that the centre did not take may have been cancelled, or proved
   * without a push, and then no answer of the centre would ever end the incident.
   */
  async endWithNothingWaiting(): Promise<void> {
    const open = (await this.escalations.openIncidents()).map(({ incident }) => incident);
    for (const incident of outages) {
      if (open.includes(incident) && !(await this.isAnyWaiting(incident))) await this.end(incident);
    }
  }

  /**
   * Ends what the gate no longer shows: the worker that got the first answer may have died before it ended the
   * incident, and later answers do not try to.
   */
  async endForgotten(): Promise<void> {
    const open = (await this.escalations.openIncidents()).map(({ incident }) => incident);
    for (const incident of shownByGate) {
      if (open.includes(incident) && (await this.gates.read(registryGate)).failures === 0)
        await this.end(incident);
    }
  }

  /** Which incident an outage of the centre is; null while nothing waits for it. */
  async outage(): Promise<Incident | null> {
    for (const incident of outages) if (await this.isAnyWaiting(incident)) return incident;
    return null;
  }

  /**
   * After an incident was opened: the deadlines of tickets with an alarm of their own are checked, because it may be the
   * centre that is late. Once for each incident and process; what is checked twice stays as it is.
   */
  async checkAlarms(): Promise<void> {
    const open = (await this.escalations.openIncidents()).map(({ id }) => id);
    const isNew = open.some((id) => !this.known.has(id));
    this.known = new Set(open);
    if (isNew) await this.work.makeManyDue('deadline', await this.escalations.ticketsOverdue());
  }

  /** Whether anything waits for the end of it. */
  private isAnyWaiting(incident: (typeof outages)[number]): Promise<boolean> {
    return incident === 'centre_not_taking'
      ? this.transactions.run((transaction) => this.tickets.isAnyUntaken(transaction))
      : this.work.isAnyWaiting(centreKinds);
  }

  /** After an officer ended an incident by hand: the deadlines of late tickets are checked again. */
  async checkDeadlines(): Promise<void> {
    await this.endAndCheckDeadlines(() => Promise.resolve(true));
  }

  /**
   * In pieces, the first with the end itself: after two days of outage the late tickets are hundreds of thousands, and
   * one statement for all would be larger than the database takes, and lock the rows that every other job needs.
   */
  private async endAndCheckDeadlines(end: (transaction: Transaction) => Promise<boolean>): Promise<void> {
    const rest = await this.transactions.run(async (transaction) => {
      const late = (await end(transaction)) ? await this.tickets.overdueOrHeld(transaction) : [];
      await this.work.makeDue(transaction, 'deadline', late.slice(0, firstPiece));
      return late.slice(firstPiece);
    });
    await this.work.makeManyDue('deadline', rest);
  }
}

/** An outage is one incident: where pushes wait, the one that stands for them anyway. */
const outages = ['centre_not_taking', 'centre_not_answering'] as const;

/** So many deadlines become due in the transaction of the end itself. */
const firstPiece = 1_000;

/** These last as long as the gate counts failures. */
const shownByGate = ['centre_rejects_us', 'centre_not_answering'] as const;
