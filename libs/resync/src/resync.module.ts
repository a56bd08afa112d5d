import { Module } from '@nestjs/common';
import { Canaries } from './centre/canaries';
import { Centre } from './centre/centre';
import { CentreWatch } from './centre/centre-watch';
import { Incidents } from './centre/incidents';
import { DeadlineChecks } from './deadline-checks';
import { Evidence } from './evidence';
import { DeadlineRisks } from './lag/deadline-risks';
import { LagRefresh } from './lag/lag-refresh';
import { Outlook } from './lag/outlook';
import { Predictions } from './lag/predictions';
import { Outcomes } from './outcomes';
import { Pushes } from './push/pushes';
import { ResyncTickets } from './resync-ticket';
import { ContestReadings } from './verification/contest-readings';
import { Diagnosis } from './verification/diagnosis';
import { ReadingPlans } from './verification/reading-plans';
import { ReviewedReadings } from './verification/reviewed-readings';
import { Verifications } from './verification/verifications';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { LagModule } from '@sinkron/lag';
import { RegistryModule } from '@sinkron/registry';
import { TicketsModule } from '@sinkron/tickets';

/** Pushes to the centre, their verification, and the clock over both. */
@Module({
  imports: [AccountsModule, EscalationModule, LagModule, RegistryModule, TicketsModule],
  providers: [
    Canaries,
    CentreWatch,
    Centre,
    ReadingPlans,
    ReviewedReadings,
    ContestReadings,
    DeadlineRisks,
    DeadlineChecks,
    Diagnosis,
    Evidence,
    Pushes,
    Incidents,
    LagRefresh,
    Outcomes,
    Outlook,
    Predictions,
    ResyncTickets,
    Verifications,
  ],
  exports: [
    Outlook,
    CentreWatch,
    ContestReadings,
    DeadlineChecks,
    Diagnosis,
    Evidence,
    Pushes,
    Incidents,
    LagRefresh,
    Predictions,
    Verifications,
  ],
})
export class ResyncModule {}
