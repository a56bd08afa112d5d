import { Injectable } from '@nestjs/common';
import { Escalation } from '../model/escalation';
import { reasonText, subjectText } from '../model/reasons';
import { EscalationTransitions } from '../moves/escalation-transitions';
import { enabledOfficers, may, OfficerReach, RightsChanges } from '@sinkron/accounts';
import { fromBinary, type Id, selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { givenAddresses, Outbox, reachedBy } from '@sinkron/messaging';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';

const batch = 200;

/**
 * Looks whether whoever has acknowledged an escalation may still act on it: an officer who was disabled, moved or given
 * another role may not, and the ladder goes on without them at once.
 */
@Injectable()
export class Holders {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly rights: RightsChanges,
    private readonly reach: OfficerReach,
    private readonly transitions: EscalationTransitions,
    private readonly outbox: Outbox,
  ) {}

  /** Of the officers whose rights were changed within the last minute; costs next to nothing while there are none. */
  async lookAtChanged(): Promise<void> {
    const changed = [...(await this.rights.changed())];
    if (changed.length > 0) await this.look('and acknowledged_by in (?)', [changed.map(toBinary)]);
  }

  /** Of everybody: also after offices were moved in the tree, and whatever happened while no worker ran. */
  lookAtAll(): Promise<void> {
    return this.look('', []);
  }

  private async look(condition: string, parameters: unknown[]): Promise<void> {
    const tree = await this.directory.tree();
    let after: Id | null = null;
    do {
      const ids: Id[] = await this.acknowledged(condition, parameters, after);
      const gone = await this.transactions.run((transaction) => this.withoutHolder(transaction, tree, ids));
      for (const id of gone) await this.passOn(tree, id);
      after = ids.length === batch ? ids.at(-1)! : null;
    } while (after !== null);
  }

  private async acknowledged(condition: string, parameters: unknown[], after: Id | null): Promise<Id[]> {
    const rows = await this.transactions.query<{ id: Buffer }>(
      `select id from escalation where state = 'acknowledged' ${condition} and id > ? order by id limit ?`,
      [...parameters, after ? toBinary(after) : Buffer.alloc(16), batch],
    );
    return rows.map(({ id }) => fromBinary(id));
  }

  /** Those of these escalations whose holder may not act on them. */
  private async withoutHolder(transaction: Transaction, tree: OfficeTree, ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const escalations = await selectRows(transaction, Escalation, 'where id in (?) order by id', [
      ids.map(toBinary),
    ]);
    const holders = escalations.flatMap(({ acknowledgedBy }) => acknowledgedBy ?? []);
    const enabled = new Map((await enabledOfficers(transaction, holders)).map((post) => [post.id, post]));
    return escalations
      .filter(({ acknowledgedBy, incident, officeId }) => {
        const holder = acknowledgedBy && enabled.get(acknowledgedBy);
        if (!holder || !may(holder, 'escalations')) return true;
        if (incident) return !may(holder, 'incidents');
        return officeId !== null && !tree.scopeAt(holder.officeId).includes(officeId);
      })
      .map(({ id }) => id);
  }

  private async passOn(tree: OfficeTree, id: Id): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const [escalation] = await selectRows(
        transaction,
        Escalation,
        `where id = ? and state = 'acknowledged' for update`,
        [toBinary(id)],
      );
      // Given back, lapsed or taken by another meanwhile.
      if (!escalation || (await this.withoutHolder(transaction, tree, [id])).length === 0) return;
      const holder = escalation.acknowledgedBy;
      await this.transitions.release(transaction, escalation, 'rights_withdrawn');
      if (holder) await this.tell(transaction, tree, escalation, holder);
    });
  }

  /** Tells whoever had it, if they still have an account. */
  private async tell(transaction: Transaction, tree: OfficeTree, escalation: Escalation, holder: Id) {
    const reach = await this.reach.of(transaction, holder);
    if (!reach) return;
    const { id, runNo, officeId } = escalation;
    await this.outbox.sendNotice(transaction, {
      once: ['passed_on', id, holder, runNo],
      template: 'passed_on',
      recipient: null,
      officeId,
      to: givenAddresses(reach),
      channels: reachedBy(reach),
      variables: {
        subject: subjectText(escalation),
        office: (officeId ? tree.find(officeId)?.name : null) ?? { id: 'semua kantor', en: 'all offices' },
        reason: reasonText(escalation),
      },
    });
  }
}
