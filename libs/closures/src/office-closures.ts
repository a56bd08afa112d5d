import { Injectable } from '@nestjs/common';
import { type Left, leftAt } from './closure-parts';
import { closureWork, workOf } from './closure-work';
import { type Actor, requirePermission } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { Sealing, type Transaction, Transactions } from '@sinkron/database';
import { fieldError, invalid, Problem } from '@sinkron/observability';
import {
  beginClosing,
  type Office,
  type OfficeClosing,
  OfficeDirectory,
  officeInScope,
  type OfficeTree,
  officeUnknown,
  officeView,
  type OfficeView,
  rightsAge,
  successorErrors,
} from '@sinkron/offices';
import { WorkTable } from '@sinkron/queue';

/** An office, with how far its closing is. */
export interface OfficeState extends OfficeView {
  /** Null before, and when everything is with the successor. */
  closing: { successor: string; since: Date; left: Left } | null;
  /** Why it closes. */
  closingNote: string | null;
}

/** Closes offices: what they have goes to a successor, by the worker (`ClosureWalk`). */
@Injectable()
export class OfficeClosures {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly work: WorkTable,
    private readonly sealing: Sealing,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem `forbidden`, or `not_found`, also for an office outside the actor's scope */
  async find(actor: Actor, code: string): Promise<OfficeState> {
    requirePermission(actor, 'offices');
    const state = await this.read(actor, code);
    await this.audit.read({ ...actedBy(actor), action: 'office_read', detail: { office: state.code } });
    return state;
  }

  /**
   * From now on the office takes nothing new. The same once more changes nothing.
   * @throws Problem `forbidden`; `not_found` for an office outside the actor's scope; `invalid` for a successor that is
   *   outside it, of another level, or closing itself; `conflict` while it closes into another one
   */
  async close(actor: Actor, code: string, closing: OfficeClosing): Promise<OfficeState> {
    requirePermission(actor, 'offices');
    try {
      await this.transactions.run(async (transaction) => {
        const tree = await this.directory.lockedTree(transaction);
        const office = officeInScope(actor, tree, code);
        const successor = tree.findByCode(closing.successor);
        if (!successor || !actor.scope.includes(successor.id)) throw invalid([officeUnknown('successor')]);
        if (office.successorId === null)
          await this.begin(transaction, actor, tree, office, successor, closing);
        else if (office.successorId === successor.id) await this.goOn(transaction, office);
        else throw closesElsewhere(office, tree);
      });
    } finally {
      this.directory.forget();
    }
    return this.read(actor, code);
  }

  private async begin(
    transaction: Transaction,
    actor: Actor,
    tree: OfficeTree,
    office: Office,
    successor: Office,
    { note }: OfficeClosing,
  ): Promise<void> {
    const errors = successorErrors(office, successor, tree);
    if (errors.length > 0) throw invalid(errors);
    await beginClosing(transaction, office.id, {
      successorId: successor.id,
      by: actor.officerId,
      note: this.sealing.seal(note, placeOf(office)),
    });
    // By then every process knows the successor: to one that does not, an officer who moves has left.
    const dueAt = new Date(transaction.now.getTime() + 3 * rightsAge);
    await this.work.schedule(transaction, workOf(office.id, dueAt));
    await this.audit.record(transaction, {
      ...actedBy(actor),
      officeId: office.id,
      action: 'office_closing',
      detail: { code: office.code, successor: successor.code },
    });
  }

  /** Its work is there unless somebody deleted the row: then this is the way out. */
  private async goOn(transaction: Transaction, office: Office): Promise<void> {
    const kinds = closureWork.map(({ name }) => name);
    const waiting = await this.work.ofSubjects(transaction, kinds, [office.id]);
    if (office.closedAt === null && waiting.length === 0)
      await this.work.schedule(transaction, workOf(office.id, transaction.now));
  }

  private async read(actor: Actor, code: string): Promise<OfficeState> {
    const tree = await this.directory.tree();
    const office = officeInScope(actor, tree, code);
    const view = officeView(office, tree);
    const { closingNote, closingSince: since, closedAt } = office;
    const isClosing = since !== null && closedAt === null && view.successor !== null;
    return {
      ...view,
      closing: isClosing ? { successor: view.successor!, since, left: await this.leftAt(office) } : null,
      closingNote: closingNote && this.sealing.open<string>(closingNote, placeOf(office)),
    };
  }

  private leftAt({ id }: Office): Promise<Left> {
    return this.transactions.run((transaction) => leftAt(transaction, id));
  }
}

function placeOf({ id }: Office) {
  return { table: 'office', column: 'closing_note', rowId: id };
}

function closesElsewhere(office: Office, tree: OfficeTree): Problem {
  const successor = (office.successorId && tree.find(office.successorId)?.code) || '';
  const error = fieldError(
    'successor',
    'other_successor',
    `Kantor ${office.code} sudah ditutup dengan pengganti ${successor}, dan itu tidak dapat diganti.`,
    `Office ${office.code} closes into ${successor} already, and that cannot be changed.`,
  );
  return new Problem('conflict', error.message, [error]);
}
