import { Module } from '@nestjs/common';
import { IdempotencyDigests, IdempotencyRecord } from './intake/idempotency';
import { Intake } from './intake/intake';
import { IntakeBatch } from './intake/intake-batch';
import { OpenTickets } from './intake/open-tickets';
import { Person } from './intake/person';
import { Persons } from './intake/persons';
import { HistoryEntry } from './model/history';
import { PurposeClosing } from './model/purpose-closing';
import { Statement } from './model/statement';
import { Statements } from './model/statements';
import { Participant, Ticket, TicketLink } from './model/ticket';
import { ticketWork } from './model/ticket-work';
import { BulkTransfers } from './moves/bulk-transfers';
import { ClosingOfficeTickets } from './moves/closing-office';
import { Confirmations } from './moves/confirmations';
import { Contests } from './moves/contests';
import { Corrections } from './moves/corrections';
import { IdentityDisputes } from './moves/identity-disputes';
import { EscalationReturns } from './moves/escalation-returns';
import { Merges } from './moves/merges';
import { TicketLinks } from './moves/ticket-links';
import { Moves } from './moves/moves';
import { Purposes } from './moves/purposes';
import { Snoozes } from './moves/snoozes';
import { TicketClocks } from './moves/ticket-clocks';
import { TicketEndings } from './moves/ticket-endings';
import { TicketUrgency } from './moves/ticket-urgency';
import { TicketWriter } from './moves/ticket-writer';
import { NoticeConsents } from './notices/notice-consents';
import { TicketNotices } from './notices/notices';
import { StatusCheck } from './reading/status-check';
import { StuckTickets } from './reading/stuck-tickets';
import { TicketList } from './reading/ticket-list';
import { TicketRecords } from './reading/ticket-records';
import { TicketStore } from './reading/ticket-store';
import { WorkerTickets } from './reading/worker-tickets';
import { AccountsModule } from '@sinkron/accounts';
import { BlindIndex } from '@sinkron/database';
import { type Config, CONFIG } from '@sinkron/config';
import { EscalationModule } from '@sinkron/escalation';
import { LagModule } from '@sinkron/lag';
import { MessagingModule } from '@sinkron/messaging';
import { WorkKinds } from '@sinkron/queue';

export const ticketEntities = [
  Person,
  Ticket,
  Participant,
  TicketLink,
  PurposeClosing,
  Statement,
  HistoryEntry,
  IdempotencyRecord,
];

const services = [
  TicketClocks,
  TicketEndings,
  TicketList,
  TicketNotices,
  TicketRecords,
  TicketUrgency,
  TicketWriter,
  BulkTransfers,
  ClosingOfficeTickets,
  Confirmations,
  Contests,
  Corrections,
  EscalationReturns,
  IdentityDisputes,
  Intake,
  IntakeBatch,
  Merges,
  Moves,
  NoticeConsents,
  OpenTickets,
  Persons,
  Purposes,
  Statements,
  StatusCheck,
  StuckTickets,
  TicketStore,
  Snoozes,
  TicketLinks,
  WorkerTickets,
];

/** Tickets: intake, moves, reading, and their history. */
@Module({
  imports: [AccountsModule, EscalationModule, LagModule, MessagingModule],
  providers: [
    ...services,
    {
      provide: IdempotencyDigests,
      useFactory: (config: Config, index: BlindIndex) => new IdempotencyDigests(config, index),
      inject: [CONFIG, BlindIndex],
    },
  ],
  exports: [...services, IdempotencyDigests],
})
export class TicketsModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(ticketWork);
  }
}
