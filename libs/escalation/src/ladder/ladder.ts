import { Inject, Injectable } from '@nestjs/common';
import { Escalation } from '../escalation';
import { addToStory } from '../escalation-story';
import { EscalationTransitions, type Release, save } from '../escalation-transitions';
import { Policies } from '../on-call/policies';
import type { PolicyRules } from '../on-call/policy';
import { pressingReasons } from '../urgency';
import { LadderSteps } from './ladder-steps';
import { type Config, CONFIG } from '@sinkron/config';
import { selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { OfficeDirectory, type OfficeTree, quietUntil } from '@sinkron/offices';
import { type Claim, WorkTable } from '@sinkron/queue';

/**
 * The handler of `ladder`: asks one step's people after the other until somebody takes the escalation, and begins
 * anew when nothing follows. One transaction for a step, its messages included: a worker that dies has asked all of
 * them or nobody.
 */
@Injectable()
export class Ladder {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly work: WorkTable,
    private readonly life: EscalationTransitions,
    private readonly policies: Policies,
    private readonly steps: LadderSteps,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when somebody took or ended it meanwhile: nothing of this step was done then */
  async perform(claim: Claim): Promise<void> {
    const tree = await this.directory.tree();
    await this.transactions.run(async (transaction) => {
      const [escalation] = await selectRows(transaction, Escalation, 'where id = ? for update', [
        toBinary(claim.subjectId),
      ]);
      if (!escalation || escalation.state === 'resolved') return this.work.finish(transaction, claim);
      const dueAt = await this.climb(transaction, tree, escalation);
      await save(transaction, escalation);
      await this.work.postpone(transaction, claim, { dueAt, reason: null });
    });
  }

  /** @returns when to look again */
  private async climb(transaction: Transaction, tree: OfficeTree, escalation: Escalation): Promise<Date> {
    const { state, heldUntil } = escalation;
    if (state !== 'open') {
      if (heldUntil && heldUntil > transaction.now) return heldUntil;
      await this.life.reopen(transaction, escalation, causeOf(escalation));
    }
    const policy = (escalation.policy ??= await this.takePolicy(transaction, tree, escalation));
    const quiet = this.quiet(tree, escalation, policy, transaction.now);
    if (quiet) {
      await addToStory(transaction, escalation, { kind: 'quiet', data: { until: quiet.toISOString() } });
      return quiet;
    }
    if (escalation.stepNo === 0) escalation.runNo += 1;
    return this.steps.next(transaction, tree, escalation, policy);
  }

  /** As it stands now: what is changed later does not touch an escalation that has begun. */
  private async takePolicy(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
  ): Promise<PolicyRules> {
    const { rules, version, source } = await this.policies.effective(transaction, tree, escalation.officeId);
    await addToStory(transaction, escalation, { kind: 'policy_taken', data: { source, version } });
    return rules;
  }

  private quiet(tree: OfficeTree, escalation: Escalation, { quiet }: PolicyRules, now: Date): Date | null {
    const office = escalation.officeId ? tree.find(escalation.officeId) : tree.nation;
    const until = quiet && office ? quietUntil(now, office.zone, quiet) : null;
    return until && !presses(escalation, until, this.config.durations.day) ? until : null;
  }
}

/** Why an escalation that somebody had is nobody's again. */
function causeOf({ state, receivedAt }: Escalation): Release {
  if (state === 'acknowledged') return 'lapsed';
  return receivedAt ? 'outcome_late' : 'receipt_late';
}

/**
 * Quiet hours are not for a deadline, which does not sleep, nor for an officer's flag: whoever raises it at night asks
 * for somebody now.
 */
function presses({ reason, deadlineAt }: Escalation, quietEnds: Date, day: number): boolean {
  if (pressingReasons.includes(reason)) return true;
  return deadlineAt !== null && deadlineAt.getTime() < quietEnds.getTime() + day;
}
