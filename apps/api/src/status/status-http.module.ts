import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import { Expectations } from './expectations';
import { StatusChecksController } from './status-checks.controller';
import { IncidentNotices } from './incident-notices';
import { StatusDesk } from './status-desk';
import { StatusLimit } from './status-limit';
import { StatusPageController } from './status-page.controller';

/** The applicant's doors. */
@Module({
  imports: [AccessModule, ResyncModule, TicketsModule],
  controllers: [StatusChecksController, StatusPageController],
  providers: [IncidentNotices, Expectations, StatusDesk, StatusLimit],
})
export class StatusHttpModule {}
