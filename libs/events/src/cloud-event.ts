import type { Event } from './event';
import type { EventType } from './event-types';
import type { OfficeTree } from '@sinkron/offices';

/** An event as others get it, by webhook or stream: CloudEvents 1.0, structured mode, JSON. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  /** Our public address: `source` and `id` together are unique in the world. */
  source: string;
  type: EventType;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  /** As the schema of the type says, and the code of the office that it concerns; null: everybody. */
  data: Record<string, unknown> & { office: string | null };
}

/** The media type of a CloudEvent in structured mode. */
export const cloudEventType = 'application/cloudevents+json';

export function cloudEvent(event: Event, { source, tree }: { source: string; tree: OfficeTree }): CloudEvent {
  const office = event.officeId && (tree.find(event.officeId)?.code ?? null);
  return {
    specversion: '1.0',
    id: event.id,
    source,
    type: event.type,
    subject: event.subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    data: { ...event.data, office },
  };
}
