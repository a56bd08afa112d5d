import { Inject, Injectable } from '@nestjs/common';
import { type Principal, type Scope, requirePermission } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import {
  type Id,
  Sealing,
  type Transaction,
  Transactions,
  insertRows,
  isId,
  newId,
  selectRows,
  toBinary,
  updateRow,
} from '@sinkron/database';
import { Problem, notFound } from '@sinkron/observability';
import { CONFIG, type Claim, WorkTable } from '@sinkron/queue';
import { Handoff, type HandoffState } from './escalation';
import { Escalations } from './escalations';

/** Which facts may follow which; received and void are the ends. */
const allowed: Record<'sent' | 'received' | 'void', readonly HandoffState[]> = {
  sent: ['composed'],
  received: ['sent'],
  void: ['composed', 'sent'],
};

/** Hand-offs to a contact at the centre. A wa.me link only opens a draft, so that it was sent is said by an officer. */
@Injectable()
export class Handoffs {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly sealing: Sealing,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Records that a text for this contact was composed. @throws Problem conflict when the escalation is resolved */
  async compose(by: Principal, escalationId: string, contactId: Id, channel: string): Promise<Handoff> {
    return this.transactions.run(async (transaction) => {
      const escalation = await this.escalations.get(transaction, by.scope, escalationId, 'for update');
      if (escalation.state === 'resolved')
        throw conflict('Eskalasi ini sudah selesai.', 'This escalation is resolved already.');
      const id = newId();
      const handoff = Object.assign(new Handoff(), {
        id,
        bundleId: id,
        escalationId: escalation.id,
        contactId,
        channel,
        state: 'composed',
        composedAt: transaction.now,
        composedBy: by.officerId,
        sentAt: null,
        sentBy: null,
        receiptDueAt: null,
        receivedAt: null,
        receivedBy: null,
        voidedAt: null,
        voidedBy: null,
        viewedAt: null,
        viewedBy: null,
        sealed: null,
      });
      await insertRows(transaction, Handoff, [handoff]);
      return handoff;
    });
  }

  /** An officer says that it was sent: from now on the receipt has a deadline. */
  async sent(by: Principal, id: string): Promise<Handoff> {
    return this.change(by, id, 'sent', async (handoff, transaction) => {
      handoff.sentAt = transaction.now;
      handoff.sentBy = by.officerId;
      handoff.receiptDueAt = new Date(transaction.now.getTime() + this.config.durations.receipt);
      const due = handoff.receiptDueAt;
      await this.work.schedule(transaction, {
        kind: 'receipt',
        subjectId: handoff.id,
        dueAt: due,
        lane: 'urgent',
        rankAt: due,
        officeId: by.office.id,
      });
      await this.setEscalationState(transaction, handoff, 'handed_off');
    });
  }

  /** The contact has it: who confirmed, and how. */
  async received(by: Principal, id: string, receipt: { who: string; how: string }): Promise<Handoff> {
    return this.change(by, id, 'received', async (handoff, transaction) => {
      handoff.receivedAt = transaction.now;
      handoff.receivedBy = by.officerId;
      handoff.sealed = this.sealing.seal(receipt, place(handoff.id));
      await this.work.drop(transaction, ['receipt'], handoff.id);
      await this.setEscalationState(transaction, handoff, 'handed_off');
    });
  }

  /** It was not sent after all, or went to the wrong person. */
  async voided(by: Principal, id: string): Promise<Handoff> {
    return this.change(by, id, 'void', async (handoff, transaction) => {
      handoff.voidedAt = transaction.now;
      handoff.voidedBy = by.officerId;
      await this.work.drop(transaction, ['receipt'], handoff.id);
      // One that was only composed changed nothing about who has the escalation.
      if (handoff.sentAt && !(await this.hasAnother(transaction, handoff, ['sent', 'received'])))
        await this.setEscalationState(transaction, handoff, 'acknowledged');
    });
  }

  /**
   * The worker's handler: no receipt in time, so the escalation is nobody's again and stands on the open list; unless
   * another contact has confirmed it.
   */
  async receiptLate(claim: Claim): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const [handoff] = await selectRows(transaction, Handoff, 'where id = ? for update', [
        toBinary(claim.subjectId),
      ]);
      if (handoff?.state === 'sent' && !(await this.hasAnother(transaction, handoff, ['received'])))
        await this.setEscalationState(transaction, handoff, 'open');
      await this.work.finish(transaction, claim);
    });
  }

  /** Oldest first. @throws Problem `not_found` for an escalation outside the scope */
  async ofEscalation(scope: Scope, escalationId: Id): Promise<Handoff[]> {
    return this.transactions.run(async (transaction) => {
      const { id } = await this.escalations.get(transaction, scope, escalationId);
      return selectRows(transaction, Handoff, 'where escalation_id = ? order by id', [toBinary(id)]);
    });
  }

  receiptOf(handoff: Handoff): { who: string; how: string } | null {
    return handoff.sealed ? this.sealing.open(handoff.sealed, place(handoff.id)) : null;
  }

  private async change(
    by: Principal,
    id: string,
    to: keyof typeof allowed,
    act: (handoff: Handoff, transaction: Transaction) => Promise<void>,
  ): Promise<Handoff> {
    if (!isId(id)) throw notFound();
    return this.transactions.run(async (transaction) => {
      const [handoff] = await selectRows(transaction, Handoff, 'where id = ? for update', [toBinary(id)]);
      if (!handoff) throw notFound();
      const { incident } = await this.escalations.get(transaction, by.scope, handoff.escalationId);
      // An incident is everybody's, but a message about it is of whoever composed it.
      if (incident && handoff.composedBy !== by.officerId) requirePermission(by, 'incidents');
      if (!allowed[to].includes(handoff.state)) {
        throw conflict(
          `Serah terima ini sudah "${handoff.state}".`,
          `This hand-off is "${handoff.state}" already.`,
        );
      }
      handoff.state = to;
      await act(handoff, transaction);
      await updateRow(transaction, Handoff, handoff, 'id = ?', [toBinary(handoff.id)]);
      return handoff;
    });
  }

  private async hasAnother(
    transaction: Transaction,
    { id, escalationId }: Handoff,
    states: readonly HandoffState[],
  ): Promise<boolean> {
    const others = await transaction.query(
      'select 1 from handoff where escalation_id = ? and id <> ? and state in (?)',
      [toBinary(escalationId), toBinary(id), states],
    );
    return others.length > 0;
  }

  private async setEscalationState(
    transaction: Transaction,
    handoff: Handoff,
    state: 'open' | 'acknowledged' | 'handed_off',
  ) {
    await transaction.execute(`update escalation set state = ? where id = ? and state <> 'resolved'`, [
      state,
      toBinary(handoff.escalationId),
    ]);
  }
}

function place(rowId: Id) {
  return { table: 'handoff', column: 'sealed', rowId };
}

function conflict(id: string, en: string): Problem {
  return new Problem('conflict', { id, en });
}
