import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditRefusals } from './audit-refusals';
import { AuditController } from './audit.controller';
import { AccountsModule } from '@sinkron/accounts';
import { TicketsModule } from '@sinkron/tickets';

/** The routes of the audit, and what is audited at every route. */
@Module({
  imports: [AccountsModule, TicketsModule],
  controllers: [AuditController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: AuditRefusals }],
})
export class AuditHttpModule {}
