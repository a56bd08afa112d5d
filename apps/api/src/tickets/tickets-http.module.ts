import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessModule } from '@sinkron/access';
import { ResyncModule } from '@sinkron/resync';
import { TicketsModule } from '@sinkron/tickets';
import type { FastifyInstance } from 'fastify';
import { takeEmptyBodies } from './empty-body';
import { CaseHistory } from './case-history';
import { CaseViews } from './case-views';
import { DiagnosesController } from './diagnoses.controller';
import { MovesController } from './moves.controller';
import { PurposesController } from './purposes.controller';
import { TicketsController } from './tickets.controller';

/** The doors to cases. */
@Module({
  imports: [AccessModule, ResyncModule, TicketsModule],
  controllers: [TicketsController, MovesController, DiagnosesController, PurposesController],
  providers: [CaseHistory, CaseViews],
})
export class TicketsHttpModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    takeEmptyBodies(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
