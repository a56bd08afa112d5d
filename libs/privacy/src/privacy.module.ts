import { Module } from '@nestjs/common';
import { TicketsModule } from '@sinkron/tickets';
import { Retention } from './retention';

/** What the law on personal data asks of the desk (UU PDP 27/2022). */
@Module({
  imports: [TicketsModule],
  providers: [Retention],
  exports: [Retention],
})
export class PrivacyModule {}
