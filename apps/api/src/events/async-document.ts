import { type EventType, eventTypeNames, eventTypes } from '@sinkron/events';
import { z } from 'zod';

/** The AsyncAPI 3.0 document of every event that leaves: the same by webhook and by stream. */
export function eventsDocument() {
  const perType = <Value>(valueOf: (type: EventType) => Value) =>
    Object.fromEntries(eventTypeNames.map((type) => [type, valueOf(type)]));
  const messages = perType((type) => ({ $ref: `#/components/messages/${type}` }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Sinkron: events',
      version: '1',
      description:
        'What happens at the help desk, as CloudEvents 1.0 in JSON: ids and codes only, never personal data. An event ' +
        'may come twice: know it by `id`; and it may gain members.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      webhook: {
        address: null,
        title: 'Webhooks',
        description:
          'Posted to each URL of `POST /v1/webhooks`, signed by the Standard Webhooks specification: any 2xx takes it.',
        messages,
      },
      stream: {
        address: '/v1/events',
        title: 'Live stream',
        description:
          'Server-sent events. `id` is a position by which `Last-Event-ID` resumes, `event` the type, `data` the CloudEvent.',
        messages,
      },
    },
    operations: {
      postEvent: {
        action: 'send',
        channel: { $ref: '#/channels/webhook' },
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      },
      streamEvent: {
        action: 'send',
        channel: { $ref: '#/channels/stream' },
        security: [{ $ref: '#/components/securitySchemes/officer' }],
        bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } },
      },
    },
    components: {
      messages: perType(message),
      messageTraits: { signed: { headers: webhookHeaders } },
      securitySchemes: { officer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

/** What Standard Webhooks adds; a stream has none of it. */
const webhookHeaders = {
  type: 'object',
  properties: {
    'webhook-id': { type: 'string', description: 'The same in every attempt, and as `id`' },
    'webhook-timestamp': { type: 'string', description: 'Of this attempt, in seconds since 1970' },
    'webhook-signature': { type: 'string', description: '`v1,<base64>`; two while a secret is replaced' },
  },
};

function message(type: EventType) {
  const data = eventTypes[type].extend({
    office: z.string().nullable().describe('Code of the office that it concerns; null: everybody'),
  });
  const payload = z.object({
    specversion: z.literal('1.0'),
    id: z.uuid(),
    source: z.url().describe('The public address of this desk'),
    type: z.literal(type),
    subject: z.string().describe('What it is about: the code of a ticket, the name of an incident'),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    data,
  });
  return {
    name: type,
    summary: eventTypes[type].description,
    contentType: 'application/cloudevents+json',
    traits: [{ $ref: '#/components/messageTraits/signed' }],
    payload: shown(payload),
  };
}

/** As a reader needs it: what Zod adds for machines' sake is left out, and an event may gain members. */
function shown(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
}
