import { Inject, Injectable } from '@nestjs/common';
import { Dispatch } from './dispatch';
import { Gates, type GateState } from './gates';
import { JobQueue, type Job } from './job-queue';
import { type WorkKind, WorkKinds } from './work-kinds';
import { type Config, CONFIG } from '@sinkron/config';
import { isDatabaseAway, type Transaction, Transactions } from '@sinkron/database';
import { gateState, oldestDue } from '@sinkron/observability';

/** The gate before everything that is asked of the centre. */
export const registryGate = 'registry';

/** Of the dispatched rows of a kind, at most this share is urgent while regular work waits too. */
const urgentShare = 0.2;

/** Of the dispatched rows of a kind that may hang, at most this share belongs to one office. */
const officeShare = 0.25;

/** Dispatches due rows that nobody has leased: takes the lease, COMMIT, then adds the job. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly transactions: Transactions,
    private readonly jobQueue: JobQueue,
    private readonly gates: Gates,
    private readonly kinds: WorkKinds,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * One pass over all kinds. Each kind's jobs are added right after their leases are committed, and a kind that fails
   * takes no other along.
   * @returns how many rows were dispatched
   * @throws when the database is away, or after the pass, naming the kinds that failed
   */
  async dispatch(): Promise<number> {
    const gate = await this.gates.read(registryGate);
    gateState.set({ gate: registryGate }, gate.closed ? 2 : gate.halfOpen ? 1 : 0);
    const failures = new Map<string, Error>();
    let dispatched = 0;
    for (const kind of this.kinds.all) {
      try {
        dispatched += await this.dispatchDue(kind, gate);
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        failures.set(kind.name, error as Error);
      }
    }
    if (failures.size > 0) throw notDispatched(failures);
    return dispatched;
  }

  private async dispatchDue(kind: WorkKind, gate: GateState): Promise<number> {
    const isDue = await this.measureAge(kind.name);
    const { asksCentre } = kind;
    if (!isDue || (gate.closed && asksCentre)) return 0;
    // Behind a half-open gate one row finds out whether the centre is back; the others would only be put back.
    const most = gate.halfOpen && asksCentre ? 1 : Infinity;
    const jobs = await this.transactions.run((transaction) => this.dispatchKind(transaction, kind, most));
    await this.jobQueue.add(jobs);
    return jobs.length;
  }

  private async dispatchKind(transaction: Transaction, kind: WorkKind, most: number): Promise<Job[]> {
    const dispatch = await Dispatch.begin(transaction, kind.name, this.config.durations.dispatchLease);
    const dispatched = await dispatch.count();
    const limit = this.limitOf(kind);
    const free = Math.min(most, limit - dispatched.all);
    // A share of all places, not of those that became free: these are often one, and a fifth of one is none or all.
    const freeForUrgent = Math.ceil(limit * urgentShare) - dispatched.urgent;
    const urgent = await dispatch.urgent(Math.min(free, freeForUrgent));
    const regular = await dispatch.regular(free - urgent.length, this.limitOfOffice(kind, limit));
    const rest = await dispatch.urgent(free - urgent.length - regular.length);
    return [...urgent, ...regular, ...rest];
  }

  /** How many rows may be dispatched at a time: for the centre no more than its rate serves before they give up. */
  private limitOf({ asksCentre }: WorkKind): number {
    const { dispatchLimit, registry, durations } = this.config;
    if (!asksCentre) return dispatchLimit;
    return Math.min(dispatchLimit, Math.ceil((registry.rate * durations.tokenWait) / 1000));
  }

  private limitOfOffice({ mayHang }: WorkKind, limit: number): number {
    return mayHang ? Math.max(1, Math.floor(limit * officeShare)) : Infinity;
  }

  /**
   * Measured in the table, so that the figure is right also when Redis is silent, workers hang or the gate is closed.
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

function notDispatched(failures: Map<string, Error>): Error {
  const each = [...failures].map(([kind, { message }]) => `${kind} (${message})`);
  return new AggregateError(failures.values(), `Not dispatched: ${each.join(', ')}`);
}
