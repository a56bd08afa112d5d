import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { EscalationModule } from '@sinkron/escalation';
import { LagModule } from '@sinkron/lag';
import { MessagingModule } from '@sinkron/messaging';
import { CONFIG } from '@sinkron/queue';
import { CaseClocks } from './case-clocks';
import { CaseEndings } from './case-endings';
import { CaseList } from './case-list';
import { CaseUrgency } from './case-urgency';
import { Contests } from './contests';
import { Corrections } from './corrections';
import { EscalationReturns } from './escalation-returns';
import { HistoryEntry } from './history';
import { BodyDigest, IdempotencyRecord } from './idempotency';
import { Intake } from './intake';
import { IntakeBatch } from './intake-batch';
import { Moves } from './moves';
import { NoticeConsents } from './notice-consents';
import { CaseNotices } from './notices';
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
  CaseNotices,
  CaseUrgency,
  Contests,
  Corrections,
  EscalationReturns,
  Intake,
  IntakeBatch,
  Moves,
  NoticeConsents,
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
  imports: [AccessModule, EscalationModule, LagModule, MessagingModule],
  providers: [
    ...services,
    { provide: BodyDigest, useFactory: (config: Config) => new BodyDigest(config), inject: [CONFIG] },
  ],
  exports: [...services, BodyDigest],
})
export class TicketsModule {}
