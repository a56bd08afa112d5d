import { Inject, Injectable } from '@nestjs/common';
import { Escalation } from '../model/escalation';
import { breaksQuiet } from '../model/urgency';
import { EscalationTransitions, type ReleaseCause, save } from '../moves/escalation-transitions';
import { addToStory } from '../moves/story';
import { Policies } from '../on-call/policies';
import type { PolicyRules } from '../on-call/policy';
import { LadderSteps } from './ladder-steps';
import { type Config, CONFIG } from '@sinkron/config';
import { selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { OfficeDirectory, type OfficeTree, quietUntil } from '@sinkron/offices';
import { type Claim, WorkTable } from '@sinkron/queue';

/**
 * The handler of `ladder`: asks the people of one step after the other until somebody acknowledges the escalation, and
 * begins again when they do not act in time. A step and its messages are one transaction: a worker that dies has asked
 * all of them or nobody.
 */
@Injectable()
export class Ladder {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly work: WorkTable,
    private readonly transitions: EscalationTransitions,
    private readonly policies: Policies,
    private readonly steps: LadderSteps,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when it was acknowledged or resolved meanwhile: then nothing of this step was done */
  async perform(claim: Claim): Promise<void> {
    const tree = await this.directory.tree();
    await this.transactions.run(async (transaction) => {
      const [escalation] = await selectRows(transaction, Escalation, 'where id = ? for update', [
        toBinary(claim.subjectId),
      ]);
      if (!escalation || escalation.state === 'resolved') return this.work.finish(transaction, claim);
      const dueAt = await this.advance(transaction, tree, escalation);
      await save(transaction, escalation);
      await this.work.postpone(transaction, claim, { dueAt, reason: null });
    });
  }

  /** Takes the next step, if one is due. @returns when the ladder is due again */
  private async advance(transaction: Transaction, tree: OfficeTree, escalation: Escalation): Promise<Date> {
    const { state, heldUntil } = escalation;
    if (state !== 'open') {
      if (heldUntil && heldUntil > transaction.now) return heldUntil;
      await this.transitions.reopen(transaction, escalation, causeOf(escalation));
    }
    const policy = (escalation.policy ??= await this.copyPolicy(transaction, tree, escalation));
    const quiet = this.quietUntil(tree, escalation, policy, transaction.now);
    if (quiet) {
      await addToStory(transaction, escalation, { kind: 'quiet', data: { until: quiet.toISOString() } });
      return quiet;
    }
    if (escalation.stepNo === 0) escalation.runNo += 1;
    return this.steps.next(transaction, tree, escalation, policy);
  }

  /** The policy as it is now; later changes do not apply to an escalation whose ladder has begun. */
  private async copyPolicy(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
  ): Promise<PolicyRules> {
    const { rules, version, source } = await this.policies.effective(transaction, tree, escalation.officeId);
    await addToStory(transaction, escalation, { kind: 'policy_taken', data: { source, version } });
    return rules;
  }

  /** Until when nobody is asked; null: somebody may be asked now. */
  private quietUntil(
    tree: OfficeTree,
    escalation: Escalation,
    { quiet }: PolicyRules,
    now: Date,
  ): Date | null {
    const office = escalation.officeId ? tree.find(escalation.officeId) : tree.nation;
    const until = quiet && office ? quietUntil(now, office.zone, quiet) : null;
    if (!until) return null;
    const { day } = this.config.durations;
    return breaksQuiet(escalation, { now, quietEnds: until, day }) ? null : until;
  }
}

/** Why whoever had the escalation has it no more. */
function causeOf({ state, receivedAt }: Escalation): ReleaseCause {
  if (state === 'acknowledged') return 'lapsed';
  return receivedAt ? 'outcome_late' : 'receipt_late';
}
