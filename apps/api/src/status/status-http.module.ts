import { Module } from '@nestjs/common';
import { ContestStates } from './contest-states';
import { Expectations } from './expectations';
import { IncidentNotices } from './incident-notices';
import { StatusChecksController } from './status-checks.controller';
import { StatusPageController } from './status-page.controller';
import { AccountsModule } from '@sinkron/accounts';
import { ResyncModule } from '@sinkron/resync';
import { StatusDesk, StatusLimit, TicketsModule } from '@sinkron/tickets';

/** Status checks for applicants: the route and the page. */
@Module({
  imports: [AccountsModule, ResyncModule, TicketsModule],
  controllers: [StatusChecksController, StatusPageController],
  providers: [ContestStates, IncidentNotices, Expectations, StatusDesk, StatusLimit],
})
export class StatusHttpModule {}
