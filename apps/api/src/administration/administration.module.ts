import { Module } from '@nestjs/common';
import { ContactsController } from './contacts.controller';
import { OfficersController } from './officers.controller';
import { OfficesController } from './offices.controller';
import { AccountsModule } from '@sinkron/accounts';
import { ClosuresModule } from '@sinkron/closures';
import { EscalationModule } from '@sinkron/escalation';

/** The routes by which administrators keep offices, officers and contacts. */
@Module({
  imports: [AccountsModule, ClosuresModule, EscalationModule],
  controllers: [OfficesController, OfficersController, ContactsController],
})
export class AdministrationHttpModule {}
