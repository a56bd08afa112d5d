import { Module, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import type { Logger } from 'pino';
import { Audit } from './audit';
import { AuditChain } from './audit-chain';
import { AuditEntry } from './audit-entry';
import { AuditTrail } from './audit-trail';
import { Checkpoint } from './checkpoints/checkpoint';
import { Checkpoints } from './checkpoints/checkpoints';
import { TicketTrail } from './ticket-trail';

/** The tables of this lib, for the data source of a process. */
export const auditEntities = [AuditEntry, AuditChain, Checkpoint];

const audit = {
  provide: Audit,
  useFactory: (transactions: Transactions, logger: Logger) =>
    new Audit(transactions, String(logger.bindings().name)),
  inject: [Transactions, LOGGER],
};

/** Who looked at or changed what, and the proof that the record of it is as it was written. */
@Module({
  providers: [audit, AuditTrail, TicketTrail, Checkpoints],
  exports: [Audit, AuditTrail, TicketTrail, Checkpoints],
})
export class AuditModule implements OnModuleDestroy {
  constructor(private readonly audit: Audit) {}

  async onModuleDestroy(): Promise<void> {
    await this.audit.drain();
  }
}
