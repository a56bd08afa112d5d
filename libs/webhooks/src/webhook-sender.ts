import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import type { Id } from '@sinkron/database';
import { DeliveryAttempts } from '@sinkron/messaging';
import type { Claim } from '@sinkron/queue';
import { FailingEndpoints } from './failing-endpoints';
import { WebhookDriver } from './webhook-driver';

/** The handler of `webhook`: posts an event to an endpoint. */
@Injectable()
export class WebhookSender {
  private readonly failing = new FailingEndpoints();

  constructor(
    private readonly attempts: DeliveryAttempts,
    private readonly driver: WebhookDriver,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when a person was faster */
  async perform(claim: Claim): Promise<void> {
    let tried: Id | null = null;
    try {
      await this.attempts.make<object>(claim, {
        // Endpoint and event are read when it is sent: nothing of them is worded before.
        prepare: (_transaction, { endpointId }) => {
          tried = endpointId;
          const mayTry = endpointId === null || this.failing.enter(endpointId, claim.id);
          return Promise.resolve(mayTry ? {} : { postponed: this.config.durations.deliveryTimeout });
        },
        send: async (delivery) => {
          const attempt = await this.driver.send(delivery);
          if (delivery.endpointId) this.failing.judge(delivery.endpointId, attempt);
          return attempt;
        },
      });
    } finally {
      if (tried !== null) this.failing.leave(tried, claim.id);
    }
  }
}
