import { Inject, Injectable } from '@nestjs/common';
import type { Escalation } from '../model/escalation';
import { reasonText, subjectText } from '../model/reasons';
import { addToStory, publish } from '../moves/story';
import type { PolicyRules, PolicyStep, Through } from '../on-call/policy';
import { type Responder, Responders } from './responders';
import { type Config, CONFIG } from '@sinkron/config';
import type { Id, Transaction } from '@sinkron/database';
import { recordEvents } from '@sinkron/events';
import { localTime, type Zone } from '@sinkron/identity';
import { isPersonal, noDeadline, OfficerMessages, type PersonChannel } from '@sinkron/messaging';
import { closedDays, isWorkingTime, type OfficeTree, overseers } from '@sinkron/offices';
import { hasEndpointFor } from '@sinkron/webhooks';

/** An officer whom a step has asked, and by what; null: by no channel of their own. */
interface AskedOfficer {
  officer: Id;
  channel: PersonChannel | null;
}

/** The steps of a ladder: an empty one is skipped at once and recorded; after the last, the head of office. */
@Injectable()
export class LadderSteps {
  constructor(
    private readonly responders: Responders,
    private readonly messages: OfficerMessages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes the next step that reaches somebody. @returns when the one after it is due */
  async next(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
    policy: PolicyRules,
  ): Promise<Date> {
    const steps = Array.from({ length: policy.repeats + 1 }, () => policy.steps).flat();
    while (escalation.stepNo < steps.length) {
      const step = steps[escalation.stepNo++]!;
      const empty = await this.askStep(transaction, tree, escalation, policy, step);
      if (!empty) return after(transaction.now, step.waitSeconds * 1000);
      await addToStory(transaction, escalation, {
        kind: 'step_skipped',
        data: { run: escalation.runNo, step: escalation.stepNo, why: empty },
      });
    }
    await this.askHead(transaction, tree, escalation, policy);
    // While nobody acknowledges it, the head of office is asked again every day.
    return after(transaction.now, this.config.durations.day);
  }

  /** @returns why the step is empty; null when somebody was asked */
  private async askStep(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
    { hours }: PolicyRules,
    step: PolicyStep,
  ): Promise<string | null> {
    const office = escalation.officeId ? tree.find(escalation.officeId) : tree.nation;
    if (step.when === 'working_hours' && hours && office) {
      const holidays = await closedDays(transaction, overseers(tree, office.id));
      if (!isWorkingTime(transaction.now, office.zone, hours, holidays)) return 'outside_hours';
    }
    const { officeId } = escalation;
    const people = await this.responders.of(transaction, tree, step.who, officeId, transaction.now);
    if (people.length === 0) return 'nobody';
    const reached = await this.askAll(transaction, tree, escalation, people, step.through, false);
    return reached ? null : 'no_channel';
  }

  private async askHead(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
    { final }: PolicyRules,
  ): Promise<void> {
    escalation.stepNo += 1;
    if (!escalation.unansweredAt) {
      escalation.unansweredAt = transaction.now;
      await addToStory(transaction, escalation, { kind: 'unanswered' });
      await publish(transaction, escalation, 'escalation.unanswered', {});
    }
    const { officeId } = escalation;
    const people = await this.responders.headOf(transaction, tree, final.who, officeId, transaction.now);
    if (await this.askAll(transaction, tree, escalation, people, final.through, true)) return;
    // That nobody can be asked is an alarm of its own.
    await addToStory(transaction, escalation, { kind: 'nobody_on_call' });
    await recordEvents(transaction, {
      type: 'desk.stuck',
      subject: 'nobody_on_call',
      officeId,
      data: { what: 'nobody_on_call', count: 1, since: escalation.openedAt.toISOString() },
    });
  }

  /** Asks everybody of a step. @returns whether anybody, or a program of theirs, was reached */
  private async askAll(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
    people: Responder[],
    through: readonly Through[],
    final: boolean,
  ): Promise<boolean> {
    if (people.length === 0) return false;
    const asked: AskedOfficer[] = [];
    // In one order everywhere, so that two ladders do not lock each other's people crosswise.
    for (const person of people.toSorted((one, other) => (one.officerId < other.officerId ? -1 : 1)))
      asked.push(await this.askOne(transaction, tree, escalation, person, through, final));
    // Perhaps nobody looks at a console, so it reaches nobody. A program of the office counts as reached.
    const isReached =
      asked.some(({ channel }) => channel !== null) ||
      (through.includes('webhook') && (await this.hasEndpoint(transaction, tree, escalation)));
    if (!isReached) return false;
    escalation.notifiedAt ??= transaction.now;
    const place = { run: escalation.runNo, step: escalation.stepNo, final, through: [...through] };
    await addToStory(transaction, escalation, { kind: 'step', data: { ...place, asked } });
    const recipients = asked.map(({ officer }) => officer);
    await publish(transaction, escalation, 'escalation.notified', { ...place, recipients });
    return true;
  }

  private async askOne(
    transaction: Transaction,
    tree: OfficeTree,
    escalation: Escalation,
    { officerId, zone, reach }: Responder,
    through: readonly Through[],
    final: boolean,
  ): Promise<AskedOfficer> {
    const channel = await this.messages.ask(transaction, {
      escalationId: escalation.id,
      officeId: escalation.officeId,
      officerId,
      channels: through.filter((way): way is PersonChannel => isPersonal(way) && reach.includes(way)),
      template: final ? 'step_final' : 'step',
      variables: variablesOf(escalation, tree, zone),
      run: escalation.runNo,
      step: escalation.stepNo,
    });
    return { officer: officerId, channel };
  }

  /** Whether a program of the office, or of a node above it, is called. */
  private async hasEndpoint(
    transaction: Transaction,
    tree: OfficeTree,
    { officeId }: Escalation,
  ): Promise<boolean> {
    const nodes = officeId ? overseers(tree, officeId) : [tree.nation?.id ?? ''];
    return hasEndpointFor(transaction, 'escalation.notified', nodes);
  }
}

/** What the message says, in the officer's own time. */
function variablesOf(escalation: Escalation, tree: OfficeTree, zone: Zone) {
  const { officeId, deadlineAt } = escalation;
  return {
    subject: subjectText(escalation),
    office: (officeId ? tree.find(officeId)?.name : null) ?? { id: 'semua kantor', en: 'all offices' },
    reason: reasonText(escalation),
    deadline: deadlineAt
      ? { id: localTime(deadlineAt, zone), en: localTime(deadlineAt, zone, 'en') }
      : noDeadline,
  };
}

function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
