import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { ContactsController } from './contacts.controller';
import { OfficersController } from './officers.controller';
import { OfficesController } from './offices.controller';

/** The doors by which administrators keep offices, officers and contacts. */
@Module({
  imports: [AccessModule, EscalationModule],
  controllers: [OfficesController, OfficersController, ContactsController],
})
export class AdministrationHttpModule {}
