import { Inject, Injectable } from '@nestjs/common';
import { EndpointRows } from './endpoint-rows';
import { liveSecrets } from './endpoint-secrets';
import { type Answer, SafeRequest } from './safe-request';
import type { DisabledReason, WebhookEndpoint } from './webhook-endpoint';
import { Audit } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import { type Transaction, Transactions } from '@sinkron/database';
import { cloudEvent, cloudEventType, type Event, findEvent } from '@sinkron/events';
import type { Attempt, Delivery } from '@sinkron/messaging';
import { OfficeDirectory } from '@sinkron/offices';
import { backOff } from '@sinkron/queue';
import { Webhook } from 'standardwebhooks';

/** A receiver may ask for more patience than the back-off has, but not for more than this. */
const longestWait = 3_600_000;

/** Posts an event to an endpoint by the Standard Webhooks specification, and disables endpoints that keep failing. */
@Injectable()
export class WebhookDriver {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly requests: SafeRequest,
    private readonly audit: Audit,
    private readonly rows: EndpointRows,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One attempt; it ends within `deliveryTimeout`. The same event has the same id and body in every attempt. */
  async send(delivery: Delivery): Promise<Attempt> {
    const { endpoint, event, now } = await this.read(delivery);
    if (!endpoint) return { end: 'refused', reason: 'endpoint_removed' };
    if (endpoint.disabledAt) return { end: 'refused', reason: 'endpoint_disabled' };
    if (!event) return { end: 'refused', reason: 'event_forgotten' };
    return this.judge(delivery, endpoint, await this.post(endpoint, event, now));
  }

  private async post(endpoint: WebhookEndpoint, event: Event, now: Date): Promise<Answer> {
    const { url, secrets } = this.rows.content(endpoint);
    const tree = await this.directory.tree();
    const body = JSON.stringify(cloudEvent(event, { source: this.config.publicUrl, tree }));
    const signatures = liveSecrets(secrets, now).map(({ secret }) =>
      new Webhook(secret).sign(event.id, now, body),
    );
    const headers = {
      'content-type': cloudEventType,
      'user-agent': 'Sinkron',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
    return this.requests.send({ method: 'POST', url, headers, body });
  }

  private async judge(delivery: Delivery, endpoint: WebhookEndpoint, answer: Answer): Promise<Attempt> {
    const status = 'status' in answer ? answer.status : 0;
    if (status >= 200 && status < 300) {
      if (endpoint.failingSince) await this.recovered(endpoint);
      return { end: 'sent', providerId: null };
    }
    if (status === 410) {
      await this.transactions.run((transaction) => this.disable(transaction, endpoint, 'gone'));
      return { end: 'refused', reason: 'gone' };
    }
    if (await this.failed(endpoint)) return { end: 'refused', reason: 'endpoint_disabled' };
    const reason = 'status' in answer ? `status_${answer.status}` : answer.failure;
    const asked = 'status' in answer ? retryAfter(answer.retryAfter) : null;
    if (asked === null) return { end: 'later', reason };
    const wait = backOff(this.config.durations.backOff, Math.max(1, delivery.attempts));
    return { end: 'later', reason, wait: Math.min(longestWait, Math.max(asked, wait)) };
  }

  /** @returns whether it has failed for so long that it was disabled */
  private failed({ id }: WebhookEndpoint): Promise<boolean> {
    return this.transactions.run(async (transaction) => {
      const endpoint = await this.rows.lock(transaction, id);
      if (!endpoint || endpoint.disabledAt) return true;
      const isFirst = endpoint.failed(transaction.now);
      if (endpoint.hasFailedFor(this.config.durations.endpointPatience, transaction.now)) {
        await this.disable(transaction, endpoint, 'failing');
        return true;
      }
      if (isFirst) await this.rows.save(transaction, endpoint);
      return false;
    });
  }

  private recovered({ id }: WebhookEndpoint): Promise<void> {
    return this.transactions.run((transaction) => this.rows.recovered(transaction, id));
  }

  private async disable(
    transaction: Transaction,
    { id }: WebhookEndpoint,
    reason: DisabledReason,
  ): Promise<void> {
    const endpoint = await this.rows.lock(transaction, id);
    if (!endpoint || endpoint.disabledAt) return;
    await this.rows.disable(transaction, endpoint, reason);
    await this.audit.record(transaction, {
      officerId: null,
      officeId: endpoint.officeId,
      action: 'webhook_disabled',
      detail: { webhook: id, reason },
    });
  }

  private read({ endpointId, eventId }: Delivery) {
    return this.transactions.run(async (transaction) => {
      const endpoint = endpointId && (await this.rows.find(transaction, endpointId));
      const event = eventId && (await findEvent(transaction, eventId));
      return { endpoint, event, now: transaction.now };
    });
  }
}

/** Milliseconds; null when it says nothing that can be understood. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
