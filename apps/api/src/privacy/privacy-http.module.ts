import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { PrivacyModule } from '@sinkron/privacy';
import { TicketsModule } from '@sinkron/tickets';
import { BreachesController } from './breaches.controller';
import { SubjectExportsController } from './subject-exports.controller';

/** The doors to what the law on personal data asks of the desk. */
@Module({
  imports: [AccessModule, PrivacyModule, TicketsModule],
  controllers: [BreachesController, SubjectExportsController],
})
export class PrivacyHttpModule {}
