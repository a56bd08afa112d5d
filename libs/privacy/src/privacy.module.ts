import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';
import { TicketsModule } from '@sinkron/tickets';
import { Breaches } from './breaches';
import { CaseContentsReader } from './case-contents';
import { Retention } from './retention';
import { SubjectExport } from './subject-export';

/** What the law on personal data asks of the desk (UU PDP 27/2022). */
@Module({
  imports: [AccessModule, EscalationModule, MessagingModule, TicketsModule],
  providers: [Breaches, CaseContentsReader, Retention, SubjectExport],
  exports: [Breaches, Retention, SubjectExport],
})
export class PrivacyModule {}
