export { cloudEvent, type CloudEvent, cloudEventType } from './cloud-event';
export { findEvent, publishedEvents, recordEvents, wasRecorded, type WantedEvents } from './event-log';
export { EventPublisher, oldEventsAtOnce } from './event-publisher';
export { eventEntities, EventsModule } from './events.module';
export { EventReader } from './event-reader';
export { type EventData, type EventType, eventTypeNames, eventTypes, type Happened } from './event-types';
export { Event, EventStream } from './event';
