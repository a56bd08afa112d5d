import { ContestStates } from './contest-states';
import { Module } from '@nestjs/common';
import { Expectations } from './expectations';
import { IncidentNotices } from './incident-notices';
import { StatusChecksController } from './status-checks.controller';
import { StatusPageController } from './status-page.controller';
import { AccountsModule } from '@sinkron/accounts';
import { ResyncModule } from '@sinkron/resync';
import { StatusDesk, StatusLimit, TicketsModule } from '@sinkron/tickets';

/** The applicant's doors. */
@Module({
  imports: [AccountsModule, ResyncModule, TicketsModule],
  controllers: [StatusChecksController, StatusPageController],
  providers: [ContestStates, IncidentNotices, Expectations, StatusDesk, StatusLimit],
})
export class StatusHttpModule {}
