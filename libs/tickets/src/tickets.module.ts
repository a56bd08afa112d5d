import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { EscalationModule } from '@sinkron/escalation';
import { LagModule } from '@sinkron/lag';
import { CONFIG } from '@sinkron/queue';
import { CaseClocks } from './case-clocks';
import { CaseEndings } from './case-endings';
import { CaseList } from './case-list';
import { CaseUrgency } from './case-urgency';
import { Contests } from './contests';
import { Corrections } from './corrections';
import { HistoryEntry } from './history';
import { BodyDigest, IdempotencyRecord } from './idempotency';
import { Intake } from './intake';
import { IntakeBatch } from './intake-batch';
import { Moves } from './moves';
import { Persons } from './persons';
import { Purposes } from './purposes';
import { Statement } from './statement';
import { Statements } from './statements';
import { StatusCheck } from './status-check';
import { StuckCases } from './stuck-cases';
import { Participant, Person, PurposeClosing, Ticket } from './ticket';
import { TicketStore, WorkerTickets } from './ticket-store';
import { Waits } from './waits';

export const ticketEntities = [
  Person,
  Ticket,
  Participant,
  PurposeClosing,
  Statement,
  HistoryEntry,
  IdempotencyRecord,
];

const services = [
  CaseClocks,
  CaseEndings,
  CaseList,
  CaseUrgency,
  Contests,
  Corrections,
  Intake,
  IntakeBatch,
  Moves,
  Persons,
  Purposes,
  Statements,
  StatusCheck,
  StuckCases,
  TicketStore,
  Waits,
  WorkerTickets,
];

/** The case: intake, moves, reading, and its history. */
@Module({
  imports: [AccessModule, EscalationModule, LagModule],
  providers: [
    ...services,
    { provide: BodyDigest, useFactory: (config: Config) => new BodyDigest(config), inject: [CONFIG] },
  ],
  exports: [...services, BodyDigest],
})
export class TicketsModule {}
