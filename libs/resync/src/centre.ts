import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { CONFIG, Gates, LOGGER, registryGate } from '@sinkron/queue';
import { CentreFailure, RegistryClient } from '@sinkron/registry';
import type { Logger } from 'pino';
import { Incidents } from './incidents';
import type { Reason } from './reasons';
import { nextMidnightInJakarta } from './schedule';

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

/** Asks the centre through its gate; what fails there is counted against the centre, never against a case. */
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

  /** @throws CentreWaits when the gate is closed or the centre fails */
  async ask<T>(question: (client: RegistryClient) => Promise<T>): Promise<T> {
    const gate = await this.gates.read(registryGate);
    if (gate.closed) throw new CentreWaits((gate.reason ?? 'closed') as Reason, this.spread(gate.rest));
    try {
      const answer = await question(this.client);
      if (gate.failures > 0) await this.recovered();
      return answer;
    } catch (error) {
      if (!(error instanceof CentreFailure)) throw error;
      this.logger.warn({ fault: error.fault, code: error.code }, 'The centre failed');
      throw new CentreWaits(error.fault, await this.count(error));
    }
  }

  private async count({ fault, code }: CentreFailure): Promise<number> {
    const { durations } = this.config;
    switch (fault) {
      case 'configuration':
        await this.tellOperations(code);
        return this.close(fault, durations.configurationPause);
      case 'quota_used_up':
        return this.close(fault, await this.untilQuotaRenewed());
      case 'outside_hours':
        return this.close(fault, durations.hoursPause);
      default:
        return this.gates.failed(registryGate, fault);
    }
  }

  private untilQuotaRenewed(): Promise<number> {
    return this.transactions.run(({ now }) =>
      Promise.resolve(nextMidnightInJakarta(now).getTime() - now.getTime()),
    );
  }

  private async close(reason: string, wait: number): Promise<number> {
    await this.gates.close(registryGate, reason, wait);
    return wait;
  }

  /** Nothing will work until somebody mends our account at the centre: one incident, not one per case. */
  private async tellOperations(code: string | null): Promise<void> {
    await this.transactions.run((transaction) =>
      this.escalations.openIncident(transaction, 'centre_rejects_us', code ? { code } : {}),
    );
  }

  private async recovered(): Promise<void> {
    await this.gates.succeeded(registryGate);
    await this.incidents.end('centre_rejects_us');
    await this.incidents.end('centre_not_answering');
  }

  /** Those who wait for the same gate come back a little apart. */
  private spread(rest: number): number {
    return rest + Math.round(Math.random() * this.config.durations.backOff.least);
  }
}
