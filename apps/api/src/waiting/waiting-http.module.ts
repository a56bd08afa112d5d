import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import { Overview } from './overview';
import { StuckViews } from './stuck-views';
import { WaitingController } from './waiting.controller';

/** The doors to what waits. */
@Module({
  imports: [AccessModule, EscalationModule, ResyncModule, TicketsModule],
  controllers: [WaitingController],
  providers: [Overview, StuckViews],
})
export class WaitingHttpModule {}
