import { Module } from '@nestjs/common';
import { AcknowledgementPageController } from './acknowledgement-page.controller';
import { DeliveriesController } from './deliveries.controller';
import { EscalationViews } from './escalation-views';
import { EscalationsController } from './escalations.controller';
import { HandoffComposing } from './handoff-composing';
import { HandoffNumbers } from './handoff-numbers';
import { HandoffNumbersController } from './handoff-numbers.controller';
import { HandoffText } from './handoff-text';
import { HandoffsController } from './handoffs.controller';
import { NumbersPageController } from './numbers-page.controller';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';

/** The routes of escalations, hand-offs and deliveries. */
@Module({
  imports: [AccountsModule, EscalationModule, MessagingModule, ResyncModule, TicketsModule],
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
