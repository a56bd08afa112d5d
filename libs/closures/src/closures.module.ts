import { Module } from '@nestjs/common';
import { ClosureWalk } from './closure-walk';
import { closureWork } from './closure-work';
import { OfficeClosures } from './office-closures';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { WorkKinds } from '@sinkron/queue';
import { TicketsModule } from '@sinkron/tickets';
import { WebhooksModule } from '@sinkron/webhooks';

/** Offices that close and merge. */
@Module({
  imports: [AccountsModule, EscalationModule, TicketsModule, WebhooksModule],
  providers: [ClosureWalk, OfficeClosures],
  exports: [ClosureWalk, OfficeClosures],
})
export class ClosuresModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(closureWork);
  }
}
