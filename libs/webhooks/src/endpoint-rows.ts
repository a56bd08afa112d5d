import { Injectable } from '@nestjs/common';
import { type DisabledReason, type EndpointContent, WebhookEndpoint } from './webhook-endpoint';
import {
  type Id,
  insertRows,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  updateRow,
} from '@sinkron/database';
import type { EventType } from '@sinkron/events';
import { cancelFor } from '@sinkron/messaging';

/** The endpoints that get events now. */
export function enabledEndpoints(transaction: Transaction): Promise<WebhookEndpoint[]> {
  return selectRows(transaction, WebhookEndpoint, 'where disabled_at is null', []);
}

/** Whether an endpoint at one of these nodes gets events of this type now. */
export async function hasEndpointFor(
  transaction: Transaction,
  type: EventType,
  officeIds: readonly Id[],
): Promise<boolean> {
  const found = await transaction.query(
    `select 1 from webhook_endpoint
     where disabled_at is null and office_id in (?) and types like ? limit 1`,
    [officeIds.map(toBinary), `%"${type}"%`],
  );
  return found.length > 0;
}

/** The table `webhook_endpoint`: its content is sealed when it is written and opened when it is read. */
@Injectable()
export class EndpointRows {
  constructor(private readonly sealing: Sealing) {}

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

  /** How many endpoints an office has. */
  async count(transaction: Transaction, officeId: Id): Promise<number> {
    const rows = await transaction.query('select 1 from webhook_endpoint where office_id = ?', [
      toBinary(officeId),
    ]);
    return rows.length;
  }

  /** Those of an office that closes, the enabled ones first, but for what it left behind. */
  notLeftBehind(transaction: Transaction, officeId: Id): Promise<WebhookEndpoint[]> {
    return selectRows(
      transaction,
      WebhookEndpoint,
      `where office_id = ? and not (disabled_reason <=> 'office_closed')
       order by disabled_at is not null, id for update`,
      [toBinary(officeId)],
    );
  }

  insert(transaction: Transaction, endpoint: WebhookEndpoint): Promise<void> {
    return insertRows(transaction, WebhookEndpoint, [endpoint]);
  }

  async save(transaction: Transaction, endpoint: WebhookEndpoint): Promise<void> {
    await updateRow(transaction, WebhookEndpoint, endpoint, 'id = ?', [toBinary(endpoint.id)]);
  }

  /** An attempt was accepted: failures count from the next one on. */
  async recovered(transaction: Transaction, id: Id): Promise<void> {
    await transaction.execute('update webhook_endpoint set failing_since = null where id = ?', [
      toBinary(id),
    ]);
  }

  async remove(transaction: Transaction, { id }: WebhookEndpoint): Promise<void> {
    await transaction.execute('delete from webhook_endpoint where id = ?', [toBinary(id)]);
    await cancelFor(transaction, id, 'endpoint_removed');
  }

  /** What waits for it is not sent later; once it is enabled again, a replay sends what it missed. */
  async disable(transaction: Transaction, endpoint: WebhookEndpoint, reason: DisabledReason): Promise<void> {
    endpoint.disable(transaction.now, reason);
    await this.save(transaction, endpoint);
    await cancelFor(transaction, endpoint.id, 'endpoint_disabled');
  }

  content({ id, sealed }: WebhookEndpoint): EndpointContent {
    return this.sealing.open<EndpointContent>(sealed, placeOf(id));
  }

  seal(id: Id, content: EndpointContent): Buffer {
    return this.sealing.seal(content, placeOf(id));
  }
}

/** How many of an office that closes are neither with its successor nor left behind. */
export async function countEndpointsToMove(transaction: Transaction, officeId: Id): Promise<number> {
  const rows = await transaction.query(
    `select 1 from webhook_endpoint where office_id = ? and not (disabled_reason <=> 'office_closed')`,
    [toBinary(officeId)],
  );
  return rows.length;
}

function placeOf(rowId: Id) {
  return { table: 'webhook_endpoint', column: 'sealed', rowId };
}
