import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { OfficersController } from './officers.controller';
import { OfficesController } from './offices.controller';

/** The doors by which administrators keep offices and officers. */
@Module({
  imports: [AccessModule],
  controllers: [OfficesController, OfficersController],
})
export class AdministrationHttpModule {}
