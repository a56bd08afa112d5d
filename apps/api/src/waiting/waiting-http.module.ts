import { Module } from '@nestjs/common';
import { Overview } from './overview';
import { StuckViews } from './stuck-views';
import { WaitingController } from './waiting.controller';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';

/** The routes that show what waits. */
@Module({
  imports: [AccountsModule, EscalationModule, ResyncModule, TicketsModule],
  controllers: [WaitingController],
  providers: [Overview, StuckViews],
})
export class WaitingHttpModule {}
