import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AccessModule } from '@sinkron/access';
import { TicketsModule } from '@sinkron/tickets';
import { AuditRefusals } from './audit-refusals';
import { AuditController } from './audit.controller';

/** The door to the audit, and what is audited at every door. */
@Module({
  imports: [AccessModule, TicketsModule],
  controllers: [AuditController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: AuditRefusals }],
})
export class AuditHttpModule {}
