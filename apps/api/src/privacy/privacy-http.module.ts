import { Module } from '@nestjs/common';
import { BreachesController } from './breaches.controller';
import { SubjectExportsController } from './subject-exports.controller';
import { AccountsModule } from '@sinkron/accounts';
import { PrivacyModule } from '@sinkron/privacy';
import { TicketsModule } from '@sinkron/tickets';

/** The doors to what the law on personal data asks of the desk. */
@Module({
  imports: [AccountsModule, PrivacyModule, TicketsModule],
  controllers: [BreachesController, SubjectExportsController],
})
export class PrivacyHttpModule {}
