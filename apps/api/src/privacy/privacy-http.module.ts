import { Module } from '@nestjs/common';
import { BreachesController } from './breaches.controller';
import { SubjectExportsController } from './subject-exports.controller';
import { AccountsModule } from '@sinkron/accounts';
import { PrivacyModule } from '@sinkron/privacy';
import { TicketsModule } from '@sinkron/tickets';

/** The routes that the law on personal data asks for: exports of what is held on a person, and the breach register. */
@Module({
  imports: [AccountsModule, PrivacyModule, TicketsModule],
  controllers: [BreachesController, SubjectExportsController],
})
export class PrivacyHttpModule {}
