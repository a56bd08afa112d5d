import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { takeEmptyBodies } from '../http/bodies/empty-body';
import { DiagnosesController } from './diagnoses.controller';
import { ExportController } from './export/export.controller';
import { MovesController } from './moves.controller';
import { NoticesController } from './notices.controller';
import { PurposesController } from './purposes.controller';
import { TicketExport } from './export/ticket-export';
import { TicketHistory } from './ticket-history';
import { TicketViews } from './ticket-views';
import { TicketsController } from './tickets.controller';
import { TransfersController } from './transfers.controller';
import { AccountsModule } from '@sinkron/accounts';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import type { FastifyInstance } from 'fastify';

/** The routes of tickets: intake, reading, moves, notices, export, diagnosis and purposes. */
@Module({
  imports: [AccountsModule, ResyncModule, TicketsModule],
  controllers: [
    ExportController,
    TicketsController,
    MovesController,
    NoticesController,
    DiagnosesController,
    PurposesController,
    TransfersController,
  ],
  providers: [TicketExport, TicketHistory, TicketViews],
})
export class TicketsHttpModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    takeEmptyBodies(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
