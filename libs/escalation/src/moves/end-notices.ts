import { Injectable } from '@nestjs/common';
import { type EndCause, endCauseTexts } from '../model/end-causes';
import type { Escalation } from '../model/escalation';
import { subjectText } from '../model/reasons';
import { addToStory } from './story';
import { OfficerReach } from '@sinkron/accounts';
import type { Id, Transaction } from '@sinkron/database';
import { OfficerMessages, reachedBy } from '@sinkron/messaging';

/** Tells whoever has an escalation, or is being asked about it, that it waits for them no longer. */
@Injectable()
export class EndNotices {
  constructor(
    private readonly messages: OfficerMessages,
    private readonly reach: OfficerReach,
  ) {}

  /**
   * Called before the escalation changes: afterwards nobody has it. Messages that have not left yet are taken back, and
   * whoever they were for is told nothing.
   * @param by who ends it, and knows
   */
  async tell(
    transaction: Transaction,
    escalation: Escalation,
    cause: EndCause,
    by: Id | null,
  ): Promise<void> {
    const { id: escalationId, officeId, acknowledgedBy } = escalation;
    const asked = await this.messages.askedNow(transaction, escalationId);
    const officers = [...new Set([...asked, ...(acknowledgedBy ? [acknowledgedBy] : [])])]
      .filter((officer) => officer !== by)
      // In one order everywhere, as the ladder asks them.
      .sort();
    await this.messages.cancelQuestions(transaction, escalationId);
    if (officers.length === 0) return;
    const variables = { subject: subjectText(escalation), cause: endCauseTexts[cause] };
    const told: Id[] = [];
    for (const officerId of officers) {
      const reach = await this.reach.of(transaction, officerId);
      if (!reach) continue;
      const message = { escalationId, officeId, officerId, channels: reachedBy(reach), variables };
      if (await this.messages.tellOver(transaction, message)) told.push(officerId);
    }
    if (told.length > 0)
      await addToStory(transaction, escalation, { kind: 'told_over', data: { cause, officers: told } });
  }
}
