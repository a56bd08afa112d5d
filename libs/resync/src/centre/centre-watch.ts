import { Inject, Injectable } from '@nestjs/common';
import { samplePushes } from '../lag/lag-sample';
import { Canaries, type CanaryEvidence } from './canaries';
import { dueEvidence, judgeDue, judgePace, paceEvidence } from './delay';
import { Incidents } from './incidents';
import { type Config, CONFIG } from '@sinkron/config';
import { type Transaction, Transactions } from '@sinkron/database';
import { addOutageEvidence, Escalations } from '@sinkron/escalation';
import { nation, regionsOf } from '@sinkron/lag';
import { OfficeDirectory } from '@sinkron/offices';
import { Gates, nonOutageReasons, registryGate } from '@sinkron/queue';

/** One canary that mismatches may be a record that was changed again; two of two are a centre with an older state. */
const fewestCanaries = 2;

/**
 * Watches how the centre is doing, and opens one incident for an outage, a halt or a general delay, with its evidence,
 * for the nation or one region, before any ticket is late.
 */
@Injectable()
export class CentreWatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficeDirectory,
    private readonly gates: Gates,
    private readonly canaries: Canaries,
    private readonly escalations: Escalations,
    private readonly incidents: Incidents,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One pass. Two workers at once find the same and open one incident. */
  async pass(): Promise<void> {
    await this.incidents.checkAlarms();
    const canaries = await this.canaries.read();
    await this.watchForOutage();
    const national = await this.watchForDelay(nation, canaries);
    // An incident of the nation covers every region.
    if (national === 'delayed') return;
    for (const region of regionsOf(await this.offices.tree())) await this.watchForDelay(region);
  }

  private async watchForOutage(): Promise<void> {
    const incident = await this.incidents.outage();
    if (!incident) return;
    await this.transactions.run(async (transaction) => {
      const { failures, since, reason } = await this.gates.read(registryGate, transaction);
      if (!since || !reason || nonOutageReasons.includes(reason)) return;
      if (transaction.now.getTime() - since.getTime() < this.config.durations.outageLimit) return;
      const evidence = { reason, failures, since: since.toISOString(), outage: 1 };
      if (await addOutageEvidence(transaction, evidence)) return;
      await this.escalations.openIncident(transaction, incident, evidence);
    });
  }

  private async watchForDelay(
    region: string,
    canaries: CanaryEvidence = { asked: 0, matched: 0 },
  ): Promise<'delayed' | 'going' | 'unclear'> {
    const limit = region === nation ? null : region;
    const verdict = await this.transactions.run(async (transaction) => {
      const found = await this.judge(transaction, region, canaries);
      if (found.verdict === 'delayed')
        await this.escalations.openIncident(transaction, 'centre_delayed', found.evidence, limit);
      return found.verdict;
    });
    if (verdict === 'going') await this.incidents.end('centre_delayed', limit);
    return verdict;
  }

  private async judge(transaction: Transaction, region: string, { asked, matched }: CanaryEvidence) {
    const { lagWindow, paceWindow, day } = this.config.durations;
    const { now } = transaction;
    const pushes = await samplePushes(transaction, region, Math.max(lagWindow, day + paceWindow));
    const from = new Date(now.getTime() - paceWindow);
    const pace = paceEvidence(pushes, from);
    const due = dueEvidence(pushes, { now, window: paceWindow, day });
    const stale = asked >= fewestCanaries && matched === 0;
    const delayed = judgePace(pace) === 'halted' || judgeDue(due) === 'late' || stale;
    const verdict = delayed ? 'delayed' : judgePace(pace) === 'going' ? 'going' : 'unclear';
    const evidence = {
      since: lastMatch(pushes, from).toISOString(),
      expected: Math.round(pace.expected),
      matched: pace.matched,
      due: due.due,
      stillMismatching: due.stillMismatching,
      canaries: asked,
      canariesMatched: matched,
    };
    return { verdict, evidence } as const;
  }
}

/** Since when nothing matches any more; no earlier than the window that was judged. */
function lastMatch(pushes: Awaited<ReturnType<typeof samplePushes>>, from: Date): Date {
  const matches = pushes
    .filter(({ matched }) => matched)
    .map(({ acceptedAt, milliseconds }) => acceptedAt.getTime() + milliseconds);
  return new Date(matches.reduce((latest, match) => Math.max(latest, match), from.getTime()));
}
