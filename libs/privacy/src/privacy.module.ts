import { Module } from '@nestjs/common';
import { Breaches } from './breaches';
import { Retention } from './retention';
import { SubjectExport } from './subject-export';
import { TicketContentsReader } from './ticket-contents';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';
import { TicketsModule } from '@sinkron/tickets';

/** What the law on personal data asks of the desk (UU PDP 27/2022). */
@Module({
  imports: [AccountsModule, EscalationModule, MessagingModule, TicketsModule],
  providers: [Breaches, TicketContentsReader, Retention, SubjectExport],
  exports: [Breaches, Retention, SubjectExport],
})
export class PrivacyModule {}
