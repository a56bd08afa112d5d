import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { LagModule } from '@sinkron/lag';
import { RegistryModule } from '@sinkron/registry';
import { TicketsModule } from '@sinkron/tickets';
import { Canaries } from './canaries';
import { Centre } from './centre';
import { CentreWatch } from './centre-watch';
import { CheckPlans } from './check-plan';
import { ContestReadings } from './contest-readings';
import { DeadlineRisks } from './deadline-risks';
import { Deadlines } from './deadlines';
import { Diagnosis } from './diagnosis';
import { Evidence } from './evidence';
import { HandOvers } from './hand-over';
import { Incidents } from './incidents';
import { LagRefresh } from './lag-refresh';
import { Outcomes } from './outcomes';
import { Outlook } from './outlook';
import { Predictions } from './predictions';
import { ResyncCases } from './resync-case';
import { Verifications } from './verification';

/** Hand-over to the centre, verification, and the clock over both. */
@Module({
  imports: [AccessModule, EscalationModule, LagModule, RegistryModule, TicketsModule],
  providers: [
    Canaries,
    CentreWatch,
    Centre,
    CheckPlans,
    ContestReadings,
    DeadlineRisks,
    Deadlines,
    Diagnosis,
    Evidence,
    HandOvers,
    Incidents,
    LagRefresh,
    Outcomes,
    Outlook,
    Predictions,
    ResyncCases,
    Verifications,
  ],
  exports: [
    Outlook,
    CentreWatch,
    ContestReadings,
    Deadlines,
    Diagnosis,
    Evidence,
    HandOvers,
    Incidents,
    LagRefresh,
    Predictions,
    Verifications,
  ],
})
export class ResyncModule {}
