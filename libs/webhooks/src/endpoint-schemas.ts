import { eventTypeNames } from '@sinkron/events';
import { refinement } from '@sinkron/observability';
import { officeCode } from '@sinkron/offices';
import { z } from 'zod';

/** Whether it may be called is judged later, with its addresses. */
const url = z
  .string()
  .trim()
  .max(2_048)
  .refine(
    (text) => URL.canParse(text),
    refinement(
      'url_malformed',
      'Tulis alamat lengkap, seperti https://contoh.go.id/hook.',
      'Write a whole address, like https://example.go.id/hook.',
    ),
  )
  .describe('Where events are posted: https on 443 or 8443, on the public internet or in WEBHOOK_NETWORKS');

const description = z
  .string()
  .trim()
  .refine(
    (text) => /^[^\p{Cc}\p{Cf}\p{Cs}]{1,200}$/u.test(text),
    refinement('description_format', 'Keterangan: 1–200 karakter.', 'The description has 1–200 characters.'),
  )
  .describe('What it is for');

const types = z
  .array(z.enum(eventTypeNames))
  .min(1)
  .max(eventTypeNames.length)
  .describe('Which events it gets; see openapi/events.json');

/** A new endpoint. */
export const endpointInput = z.strictObject({
  url,
  description,
  types,
  office: officeCode
    .optional()
    .describe('It gets the events of this node and below; the own office if absent'),
});
export type EndpointInput = z.output<typeof endpointInput>;

export const endpointChanges = z.strictObject({ url, description, types }).partial();
export type EndpointChanges = z.output<typeof endpointChanges>;

const since = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Which events are sent again. */
export const replayInput = z
  .strictObject({
    since: since.optional().describe('What happened from this instant on'),
    events: z.array(z.uuid()).min(1).max(100).optional().describe('These events, by id'),
  })
  .refine(
    (wanted) => (wanted.since === undefined) !== (wanted.events === undefined),
    refinement('since_or_events', 'Isi since atau events, salah satu.', 'Give either since or events.'),
  );
export type ReplayInput = z.output<typeof replayInput>;
