import type { Outbox } from '@sinkron/messaging';
import { type EndpointContent, WebhookEndpoint } from './webhook-endpoint';
import {
  type Id,
  insertRows,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  updateRow,
} from '@sinkron/database';

/** Why an endpoint gets nothing any more: a person said so, it answered 410, or it was silent for too long. */
export type DisabledReason = 'by_hand' | 'gone' | 'failing';

/** The table `webhook_endpoint`: sealed on the way in, opened on the way out. */
export class EndpointRows {
  constructor(
    private readonly sealing: Sealing,
    private readonly outbox: Outbox,
  ) {}

  page(
    transaction: Transaction,
    officeIds: readonly Id[],
    cursor: Id | undefined,
    limit: number,
  ): Promise<WebhookEndpoint[]> {
    const after = cursor ? toBinary(cursor) : Buffer.alloc(16);
    return selectRows(transaction, WebhookEndpoint, 'where office_id in (?) and id > ? order by id limit ?', [
      officeIds.map(toBinary),
      after,
      limit,
    ]);
  }

  async lock(transaction: Transaction, id: Id): Promise<WebhookEndpoint | null> {
    const [endpoint] = await selectRows(transaction, WebhookEndpoint, 'where id = ? for update', [
      toBinary(id),
    ]);
    return endpoint ?? null;
  }

  async find(transaction: Transaction, id: Id): Promise<WebhookEndpoint | null> {
    const [endpoint] = await selectRows(transaction, WebhookEndpoint, 'where id = ?', [toBinary(id)]);
    return endpoint ?? null;
  }

  insert(transaction: Transaction, endpoint: WebhookEndpoint): Promise<void> {
    return insertRows(transaction, WebhookEndpoint, [endpoint]);
  }

  async save(transaction: Transaction, endpoint: WebhookEndpoint): Promise<void> {
    await updateRow(transaction, WebhookEndpoint, endpoint, 'id = ?', [toBinary(endpoint.id)]);
  }

  async remove(transaction: Transaction, { id }: WebhookEndpoint): Promise<void> {
    await transaction.execute('delete from webhook_endpoint where id = ?', [toBinary(id)]);
    await this.outbox.dismissForEndpoint(transaction, id, 'endpoint_removed');
  }

  /** What waits for it is not sent later: whoever enables it again has it sent anew from where they want. */
  async disable(transaction: Transaction, endpoint: WebhookEndpoint, reason: DisabledReason): Promise<void> {
    Object.assign(endpoint, { disabledAt: transaction.now, disabledReason: reason });
    await this.save(transaction, endpoint);
    await this.outbox.dismissForEndpoint(transaction, endpoint.id, 'endpoint_disabled');
  }

  content({ id, sealed }: WebhookEndpoint): EndpointContent {
    return this.sealing.open<EndpointContent>(sealed, placeOf(id));
  }

  seal(id: Id, content: EndpointContent): Buffer {
    return this.sealing.seal(content, placeOf(id));
  }
}

function placeOf(rowId: Id) {
  return { table: 'webhook_endpoint', column: 'sealed', rowId };
}
