import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import { AcknowledgementPageController } from './acknowledgement-page.controller';
import { DeliveriesController } from './deliveries.controller';
import { EscalationViews } from './escalation-views';
import { EscalationsController } from './escalations.controller';
import { HandoffComposing } from './handoff-composing';
import { HandoffText } from './handoff-text';
import { HandoffNumbers } from './handoff-numbers';
import { HandoffNumbersController } from './handoff-numbers.controller';
import { NumbersPageController } from './numbers-page.controller';
import { HandoffsController } from './handoffs.controller';

/** The doors to escalations and hand-offs. */
@Module({
  imports: [AccessModule, EscalationModule, MessagingModule, ResyncModule, TicketsModule],
  controllers: [
    EscalationsController,
    HandoffsController,
    HandoffNumbersController,
    DeliveriesController,
    AcknowledgementPageController,
    NumbersPageController,
  ],
  providers: [EscalationViews, HandoffComposing, HandoffText, HandoffNumbers],
})
export class EscalationsHttpModule {}
