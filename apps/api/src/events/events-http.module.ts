import { Module } from '@nestjs/common';
import { EventFeed } from './event-feed';
import { EventStreams } from './event-streams';
import { EventsDocumentController } from './events-document.controller';
import { EventsController } from './events.controller';
import { AccountsModule } from '@sinkron/accounts';
import { EventsModule } from '@sinkron/events';

/** The routes of the live stream of events and of its document. */
@Module({
  imports: [AccountsModule, EventsModule],
  controllers: [EventsController, EventsDocumentController],
  providers: [EventFeed, EventStreams],
})
export class EventsHttpModule {}
