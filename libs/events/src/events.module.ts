import { Module } from '@nestjs/common';
import { Event, EventStream } from './event';
import { EventPublisher } from './event-publisher';
import { EventReader } from './event-reader';

/** The tables of this lib, for the data source of a process. */
export const eventEntities = [Event, EventStream];

/** What happened, in order. */
@Module({ providers: [EventReader, EventPublisher], exports: [EventReader, EventPublisher] })
export class EventsModule {}
