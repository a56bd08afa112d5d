import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import { EscalationViews } from './escalation-views';
import { EscalationsController } from './escalations.controller';
import { HandoffText } from './handoff-text';
import { HandoffsController } from './handoffs.controller';

/** The doors to escalations and hand-offs. */
@Module({
  imports: [AccessModule, EscalationModule, ResyncModule, TicketsModule],
  controllers: [EscalationsController, HandoffsController],
  providers: [EscalationViews, HandoffText],
})
export class EscalationsHttpModule {}
