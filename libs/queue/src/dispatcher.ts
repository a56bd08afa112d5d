import { Inject, Injectable } from '@nestjs/common';
import { Dispatch } from './dispatch';
import { Gates } from './gates';
import { JobQueue, type Job } from './job-queue';
import { type WorkKind, WorkKinds } from './work-kinds';
import { type Config, CONFIG } from '@sinkron/config';
import { type Transaction, Transactions } from '@sinkron/database';
import { gateState, oldestDue } from '@sinkron/observability';

/** The gate before everything that is asked of the centre. */
export const registryGate = 'registry';

/** Of what is offered while regular work waits too, at most this share is urgent. */
const urgentShare = 0.2;

/** Offers due rows that nobody holds: take the lease, COMMIT, then ring. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly transactions: Transactions,
    private readonly doorbell: JobQueue,
    private readonly gates: Gates,
    private readonly kinds: WorkKinds,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One pass over all kinds. @returns how many rows were put on offer */
  async dispatch(): Promise<number> {
    const gate = await this.gates.read(registryGate);
    gateState.set({ gate: registryGate }, gate.closed ? 2 : gate.halfOpen ? 1 : 0);
    const rings: Job[] = [];
    for (const kind of this.kinds.all) {
      const waiting = await this.measureAge(kind.name);
      const { asksCentre } = kind;
      if (!waiting || (gate.closed && asksCentre)) continue;
      // Behind a gate that was closed one row finds out whether the centre is back; the others would only be told to wait.
      const most = gate.halfOpen && asksCentre ? 1 : Infinity;
      rings.push(...(await this.transactions.run((transaction) => this.offer(transaction, kind, most))));
    }
    await this.doorbell.add(rings);
    return rings.length;
  }

  private async offer(transaction: Transaction, kind: WorkKind, most: number): Promise<Job[]> {
    const offering = await Dispatch.begin(transaction, kind.name, this.config.durations.dispatchLease);
    const held = await offering.held();
    const places = this.places(kind);
    const room = Math.min(most, places - held.all);
    // A share of all places, not of those that became free: these are often one, and a fifth of one is none or all.
    const urgentPlaces = Math.ceil(places * urgentShare) - held.urgent;
    const urgent = await offering.urgent(Math.min(room, urgentPlaces));
    const regular = await offering.regular(room - urgent.length);
    const rest = await offering.urgent(room - urgent.length - regular.length);
    return [...urgent, ...regular, ...rest];
  }

  /** How many rows may be on offer: for the centre no more than get their turn under its rate before they give up. */
  private places({ asksCentre }: WorkKind): number {
    const { dispatchLimit: offer, registry, durations } = this.config;
    if (!asksCentre) return offer;
    return Math.min(offer, Math.ceil((registry.rate * durations.tokenWait) / 1000));
  }

  /**
   * Read from the table, so that it tells the truth when Redis is silent, workers hang or the gate is closed.
   * @returns whether anything is due
   */
  private async measureAge(kind: string): Promise<boolean> {
    const oldest = `select min(due_at) as due_at from work where kind = ? and lane =`;
    const [row] = await this.transactions.query<{ age: string | null }>(
      `select timestampdiff(second, min(due_at), utc_timestamp(3)) as age
       from (${oldest} 'urgent' union all ${oldest} 'regular') as oldest where due_at <= utc_timestamp(3)`,
      [kind, kind],
    );
    oldestDue.set({ kind }, Number(row?.age ?? 0));
    return row?.age !== null && row?.age !== undefined;
  }
}
