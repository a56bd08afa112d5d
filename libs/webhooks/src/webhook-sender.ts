import { Injectable } from '@nestjs/common';
import { DeliveryAttempts } from '@sinkron/messaging';
import type { Claim } from '@sinkron/queue';
import { WebhookDriver } from './webhook-driver';

/** The handler of `webhook`: posts an event to an endpoint. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly attempts: DeliveryAttempts,
    private readonly driver: WebhookDriver,
  ) {}

  /** @throws StaleLease when a person was faster */
  perform(claim: Claim): Promise<void> {
    return this.attempts.make(claim, {
      // Endpoint and event are read when it is sent: nothing of them is worded before.
      prepare: () => Promise.resolve({}),
      send: (delivery) => this.driver.send(delivery),
    });
  }
}
