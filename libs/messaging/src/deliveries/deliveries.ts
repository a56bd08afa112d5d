import { Injectable } from '@nestjs/common';
import { Delivery, type DeliveryState } from './delivery';
import { saveDelivery } from './delivery-rows';
import { Outbox } from './outbox';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import {
  type Id,
  isId,
  type Page,
  pageOf,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';

export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  cursor?: Id | undefined;
  limit: number;
}

/** Messages as officers see them: above all those that could not be delivered, and what a person does about them. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** Newest first; without addresses and texts. */
  async list(by: OfficerActor, { state, cursor, limit }: DeliveryFilter): Promise<Page<Delivery>> {
    const { sql, parameters } = visible(by);
    const found = await this.transactions.run((transaction) =>
      selectRows(
        transaction,
        Delivery,
        `where ${sql} ${state ? 'and state = ?' : ''} ${cursor ? 'and id < ?' : ''} order by id desc limit ?`,
        [...parameters, ...(state ? [state] : []), ...(cursor ? [toBinary(cursor)] : []), limit + 1],
      ),
    );
    await this.audit.read({ ...actedBy(by), action: 'deliveries_listed' });
    return pageOf(found, limit);
  }

  /** Every message that asks about an escalation, oldest first; the caller has read the escalation with a scope. */
  ofEscalation(escalationId: Id): Promise<Delivery[]> {
    return this.transactions.run((transaction) =>
      selectRows(
        transaction,
        Delivery,
        'where id in (select delivery_id from delivery_item where escalation_id = ?) order by id',
        [toBinary(escalationId)],
      ),
    );
  }

  /** Tries a dead one again, from the beginning. @throws Problem `not_found`, `conflict` when it is not dead */
  retry(by: OfficerActor, id: string): Promise<Delivery> {
    return this.act(by, id, 'delivery_retried', async (delivery, transaction) => {
      if (delivery.kind === 'notice' && !delivery.sealed) throw contentDeleted();
      delivery.retry(transaction.now);
      await this.outbox.schedule(transaction, delivery);
    });
  }

  /** A person has seen to it in another way. @throws Problem `not_found`, `conflict` when it is not dead */
  dismiss(by: OfficerActor, id: string): Promise<Delivery> {
    return this.act(by, id, 'delivery_dismissed', (delivery) => {
      delivery.dismiss();
      return Promise.resolve();
    });
  }

  private act(
    by: OfficerActor,
    id: string,
    action: string,
    act: (delivery: Delivery, transaction: Transaction) => Promise<void>,
  ): Promise<Delivery> {
    if (!isId(id)) throw notFound();
    const { sql, parameters } = visible(by);
    return this.transactions.run(async (transaction) => {
      const [delivery] = await selectRows(transaction, Delivery, `where id = ? and ${sql} for update`, [
        toBinary(id),
        ...parameters,
      ]);
      if (!delivery) throw notFound();
      if (delivery.state !== 'dead') throw notDead(delivery.state);
      await act(delivery, transaction);
      await saveDelivery(transaction, delivery);
      const ticketId = delivery.recipientOf('ticket');
      const detail = { delivery: id };
      await this.audit.record(transaction, {
        ...actedBy(by),
        action,
        ...(ticketId && { ticketId }),
        detail,
      });
      return delivery;
    });
  }
}

function visible({ scope }: OfficerActor): { sql: string; parameters: unknown[] } {
  if (scope.everything) return { sql: 'true', parameters: [] };
  return { sql: 'office_id in (?)', parameters: [scope.ids.map(toBinary)] };
}

function contentDeleted(): Problem {
  return new Problem('conflict', {
    id: 'Isi pesan ini sudah dihapus. Hubungi penerimanya dengan cara lain, lalu tandai selesai.',
    en: 'The content of this message was deleted. Reach the person in another way, then dismiss it.',
  });
}

function notDead(state: DeliveryState): Problem {
  return new Problem('conflict', {
    id: `Pesan ini berstatus "${state}"; hanya pesan yang gagal di semua jalur yang bisa ditangani di sini.`,
    en: `This message is "${state}"; only one that failed by every channel can be seen to here.`,
  });
}
