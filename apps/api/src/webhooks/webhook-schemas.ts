import { eventTypeNames } from '@sinkron/events';
import { endpointChanges, endpointInput, replayInput } from '@sinkron/webhooks';
import { z } from 'zod';

export const newWebhook = endpointInput.meta({
  example: {
    url: 'https://konsol.example.com/hooks/sinkron',
    description: 'Layar piket provinsi',
    types: ['escalation.opened', 'escalation.resolved'],
  },
});

export const webhookChanges = endpointChanges.meta({ example: { types: ['escalation.opened'] } });

export const replay = replayInput.meta({ example: { since: '2026-11-25T08:00:00+07:00' } });

export const webhook = z.object({
  id: z.uuid(),
  office: z.object({ code: z.string(), name: z.string() }),
  url: z.string().describe('Its host; what comes after it is not shown again'),
  description: z.string(),
  types: z.array(z.enum(eventTypeNames)),
  createdAt: z.iso.datetime(),
  failingSince: z.iso.datetime().nullable().describe('Since when every attempt has failed'),
  disabledAt: z.iso.datetime().nullable(),
  disabledReason: z
    .string()
    .nullable()
    .describe(
      '`by_hand`, `gone` (it answered 410), `failing`, or `office_closed` (the successor had no place for it)',
    ),
});

export const webhookWithSecret = webhook.extend({
  secret: z.string().describe('`whsec_…`, for the receiver (Standard Webhooks); shown only now'),
});

export const replayed = z.object({
  queued: z.int().describe('So many events are on their way'),
  next: z.iso.datetime().nullable().describe('There are more: replay again with this as `since`'),
});
