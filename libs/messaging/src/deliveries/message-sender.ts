import { Injectable } from '@nestjs/common';
import type { Transaction } from '@sinkron/database';
import type { Claim } from '@sinkron/queue';
import type { Attempt, OutboundMessage } from '../drivers/driver';
import { Drivers } from '../drivers/drivers';
import type { PersonChannel } from '../channels';
import type { Delivery } from './delivery';
import { DeliveryAttempts, type Sender } from './delivery-attempts';
import { MessageComposer } from './message-composer';

/** The handler of `delivery`: sends a message to a person by the driver of its channel. */
@Injectable()
export class MessageSender implements Sender<OutboundMessage> {
  constructor(
    private readonly attempts: DeliveryAttempts,
    private readonly composer: MessageComposer,
    private readonly drivers: Drivers,
  ) {}

  /** @throws StaleLease when a delivery report or a person was faster */
  perform(claim: Claim): Promise<void> {
    return this.attempts.make(claim, this);
  }

  prepare(transaction: Transaction, delivery: Delivery): Promise<OutboundMessage | { refused: string }> {
    return this.composer.compose(transaction, delivery);
  }

  async send({ channel }: Delivery, message: OutboundMessage): Promise<Attempt> {
    const driver = this.drivers.of(channel as PersonChannel);
    return driver ? driver.send(message) : { end: 'refused', reason: 'channel_off' };
  }
}
