import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { MessagingModule } from '@sinkron/messaging';
import { EventFeed } from './event-feed';
import { EventStreams } from './event-streams';
import { EventsController } from './events.controller';

/** The door to what happens, while it happens. */
@Module({
  imports: [AccessModule, MessagingModule],
  controllers: [EventsController],
  providers: [EventFeed, EventStreams],
})
export class EventsHttpModule {}
