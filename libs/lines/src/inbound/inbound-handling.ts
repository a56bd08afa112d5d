import { Injectable } from '@nestjs/common';
import { CloudBatches } from '../whatsapp/cloud-batches';
import { readCloudWebhook } from '../whatsapp/cloud-webhook';
import { Inbox } from './inbox';
import type { InboundChannel } from '@sinkron/messaging';
import type { Claim } from '@sinkron/queue';

/** The handler of `inbound`: does what a stored post asks for, and then deletes the post. */
@Injectable()
export class InboundHandling {
  private readonly channels: Record<InboundChannel, (body: Buffer) => Promise<void>>;

  constructor(
    private readonly inbox: Inbox,
    batches: CloudBatches,
  ) {
    this.channels = {
      whatsapp: (body) => batches.apply(readCloudWebhook(JSON.parse(body.toString('utf8')))),
    };
  }

  /** A worker that dies before the post is deleted leaves it to the next, so each step is safe to repeat. */
  async perform(claim: Claim): Promise<void> {
    const inbound = await this.inbox.find(claim.subjectId);
    if (inbound) await this.channels[inbound.channel](inbound.body);
    await this.inbox.remove(claim);
  }
}
