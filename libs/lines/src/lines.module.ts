import { Module } from '@nestjs/common';
import { Commands } from './commands/commands';
import { TakeEscalation } from './commands/take-escalation';
import { Inbound } from './inbound/inbound';
import { InboundHandling } from './inbound/inbound-handling';
import { inboundWork } from './inbound/inbound-work';
import { Inbox } from './inbound/inbox';
import { CloudBatches } from './whatsapp/cloud-batches';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';
import { WorkKinds } from '@sinkron/queue';

/** The tables of this lib, for the data source of a process. */
export const lineEntities = [Inbound];

/** What comes in: stored first, then handled as work; and the commands that a line knows. */
@Module({
  imports: [AccountsModule, EscalationModule, MessagingModule],
  providers: [CloudBatches, Commands, InboundHandling, Inbox, TakeEscalation],
  exports: [InboundHandling, Inbox],
})
export class LinesModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(inboundWork);
  }
}
