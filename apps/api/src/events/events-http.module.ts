import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { MessagingModule } from '@sinkron/messaging';
import { EventFeed } from './event-feed';
import { EventStreams } from './event-streams';
import { EventsDocumentController } from './events-document.controller';
import { EventsController } from './events.controller';

/** The door to what happens, while it happens. */
@Module({
  imports: [AccessModule, MessagingModule],
  controllers: [EventsController, EventsDocumentController],
  providers: [EventFeed, EventStreams],
})
export class EventsHttpModule {}
