import { Inject, Injectable } from '@nestjs/common';
import { Incidents } from './incidents';
import { millisecondsToOpening, nextMidnightInJakarta } from './service-hours';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { registryHeldBack } from '@sinkron/observability';
import { Gates, registryGate } from '@sinkron/queue';
import { CentreFailure, NotAsked, RegistryClient } from '@sinkron/registry';
import type { Reason } from '@sinkron/tickets';
import type { Logger } from 'pino';

/** The centre is not to be asked now, for a reason that an officer can read. */
export class CentreWaits extends Error {
  constructor(
    readonly reason: Reason,
    /** Milliseconds until it makes sense to ask again. */
    readonly wait: number,
  ) {
    super(`The centre is not asked: ${reason}`);
    this.name = 'CentreWaits';
  }
}

/**
 * Who needs the answer. `spare`: a reading that can wait when the day's quota runs short; `person`: somebody at the
 * counter, whose calls wait longer for their turn than those of the workers.
 */
export type Need = 'spare' | 'usual' | 'person';

/** Asks the centre through its gate; failures there are counted against the centre, never against a ticket. */
@Injectable()
export class Centre {
  constructor(
    private readonly client: RegistryClient,
    private readonly gates: Gates,
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly incidents: Incidents,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Holds no connection to the database while it waits for its turn or for the answer.
   * @throws CentreWaits when the gate is closed, the centre fails, or we hold back ourselves
   */
  async ask<T>(question: (client: RegistryClient) => Promise<T>, need: Need = 'usual'): Promise<T> {
    if (need === 'spare' && this.client.quota.isShort()) throw await this.quotaKept();
    const gate = await this.gates.enter(registryGate, this.longestQuestion());
    if (gate.closed) throw new CentreWaits((gate.reason ?? 'closed') as Reason, this.spread(gate.rest));
    try {
      const answer = await question(need === 'person' ? this.client.withMorePatience() : this.client);
      if (gate.failures > 0) await this.recovered();
      return answer;
    } catch (error) {
      if (gate.halfOpen && !(error instanceof CentreFailure)) await this.gates.leave(registryGate);
      if (error instanceof NotAsked) throw await this.heldBack(error);
      if (!(error instanceof CentreFailure)) throw error;
      this.logger.warn({ fault: error.fault, code: error.code }, 'The centre failed');
      throw new CentreWaits(error.fault, await this.count(error));
    }
  }

  /** A question is two calls at most, each with its turn and one more attempt. */
  private longestQuestion(): number {
    const { registryTimeout, tokenWait } = this.config.durations;
    return 4 * (registryTimeout + 2 * tokenWait);
  }

  /** If the gate closed meanwhile, its reason is the one that an officer should read. */
  private async heldBack({ reason, wait }: NotAsked): Promise<CentreWaits> {
    const gate = await this.gates.read(registryGate);
    if (gate.closed) return new CentreWaits((gate.reason ?? 'closed') as Reason, this.spread(gate.rest));
    // The circuit breaker opened because of the failures that the gate has begun to count: their reason is shown.
    const cause = reason === 'line_down' && gate.reason ? (gate.reason as Reason) : reason;
    // Put back for a moment; by its rank it is dispatched before what came after it.
    return new CentreWaits(cause, wait + Math.round(Math.random() * this.config.durations.dispatchInterval));
  }

  /** Tried again before the quota is renewed: by then the ticket may have become urgent. */
  private async quotaKept(): Promise<CentreWaits> {
    registryHeldBack.inc({ reason: 'quota_kept' });
    const wait = Math.min(await this.untilQuotaRenewed(), this.config.durations.hoursPause);
    return new CentreWaits('quota_kept', this.spread(wait));
  }

  private async count({ fault, code }: CentreFailure): Promise<number> {
    const { durations } = this.config;
    switch (fault) {
      case 'configuration': {
        // The gate first: an incident that no gate shows would be ended as forgotten.
        const wait = await this.close(fault, durations.configurationPause);
        await this.openIncident(code);
        return wait;
      }
      case 'quota_used_up':
        return this.close(fault, await this.untilQuotaRenewed());
      case 'outside_hours':
        return this.close(fault, await this.untilHoursBegin());
      default:
        return this.gates.failed(registryGate, fault);
    }
  }

  private async untilQuotaRenewed(): Promise<number> {
    const now = await this.now();
    return nextMidnightInJakarta(now).getTime() - now.getTime();
  }

  /** Where the hours are not known, or say that it is open now, the centre is simply tried again after a while. */
  private async untilHoursBegin(): Promise<number> {
    const { hours } = this.config.registry;
    const wait = hours && millisecondsToOpening(await this.now(), hours);
    return wait ?? this.config.durations.hoursPause;
  }

  private now(): Promise<Date> {
    return this.transactions.run(({ now }) => Promise.resolve(now));
  }

  private async close(reason: string, wait: number): Promise<number> {
    await this.gates.close(registryGate, reason, wait);
    return wait;
  }

  /** Nothing will work until somebody corrects our account at the centre: one incident, not one per ticket. */
  private async openIncident(code: string | null): Promise<void> {
    await this.transactions.run((transaction) =>
      this.escalations.openIncident(transaction, 'centre_rejects_us', code ? { code } : {}),
    );
  }

  private async recovered(): Promise<void> {
    await this.gates.succeeded(registryGate);
    await this.incidents.end('centre_rejects_us');
    await this.incidents.end('centre_not_answering');
  }

  /** What waits for the same gate comes back a little apart. */
  private spread(rest: number): number {
    return rest + Math.round(Math.random() * this.config.durations.backOff.least);
  }
}
