import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { RegistryModule } from '@sinkron/registry';
import { TicketsModule } from '@sinkron/tickets';
import { Centre } from './centre';
import { ContestReadings } from './contest-readings';
import { Deadlines } from './deadlines';
import { Diagnosis } from './diagnosis';
import { Evidence } from './evidence';
import { HandOvers } from './hand-over';
import { Incidents } from './incidents';
import { Outcomes } from './outcomes';
import { ResyncCases } from './resync-case';
import { Verifications } from './verification';

/** Hand-over to the centre, verification, and the clock over both. */
@Module({
  imports: [AccessModule, EscalationModule, RegistryModule, TicketsModule],
  providers: [
    Centre,
    ContestReadings,
    Deadlines,
    Diagnosis,
    Evidence,
    HandOvers,
    Incidents,
    Outcomes,
    ResyncCases,
    Verifications,
  ],
  exports: [ContestReadings, Deadlines, Diagnosis, Evidence, HandOvers, Incidents, Verifications],
})
export class ResyncModule {}
