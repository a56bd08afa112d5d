import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessModule } from '@sinkron/access';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import type { FastifyInstance } from 'fastify';
import { takeEmptyBodies } from './empty-body';
import { CaseExport } from './case-export';
import { CaseHistory } from './case-history';
import { CaseViews } from './case-views';
import { DiagnosesController } from './diagnoses.controller';
import { ExportController } from './export.controller';
import { MovesController } from './moves.controller';
import { NoticesController } from './notices.controller';
import { PurposesController } from './purposes.controller';
import { TicketsController } from './tickets.controller';

/** The doors to cases. */
@Module({
  imports: [AccessModule, ResyncModule, TicketsModule],
  controllers: [
    ExportController,
    TicketsController,
    MovesController,
    NoticesController,
    DiagnosesController,
    PurposesController,
  ],
  providers: [CaseExport, CaseHistory, CaseViews],
})
export class TicketsHttpModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    takeEmptyBodies(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
