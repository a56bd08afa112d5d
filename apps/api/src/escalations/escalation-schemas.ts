import { stepMessage, storyEntry } from './escalation-story';
import { escalationView, handoffView } from './escalation-view';
import { pageQuery } from '@sinkron/database';
import { escalationOutcomes, escalationStates, handoffChannels } from '@sinkron/escalation';
import { refinement } from '@sinkron/observability';
import { instant, prose } from '@sinkron/tickets';
import { z } from 'zod';

export const escalationQuery = pageQuery.extend({
  state: z.enum(escalationStates).optional(),
  ticket: z.string().optional().describe('Code of a ticket'),
});

/** An escalation with its hand-offs and its story: who was asked, by what message, and what followed. */
export const wholeEscalation = escalationView.extend({
  handoffs: z.array(handoffView),
  story: z.array(storyEntry),
  messages: z.array(stepMessage),
  people: z
    .array(z.object({ id: z.uuid(), name: z.string() }))
    .describe('The names of the officers whose ids occur here'),
  policy: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('The rules as they were when the ladder began'),
});
export type WholeEscalation = z.output<typeof wholeEscalation>;

export const acknowledgement = z
  .strictObject({
    until: instant
      .optional()
      .describe('By when something will have been done, if not by when the policy says'),
  })
  .default({})
  .meta({ example: {} });

/** No emergency after all. */
export const returning = z
  .strictObject({ reason: prose(500) })
  .meta({ example: { reason: 'Bukan darurat; cukup menunggu sinkron biasa.' } });

/** Only the service itself ends one as `recovered`, when the centre works again. */
export const resolution = z
  .strictObject({
    outcome: z.enum(escalationOutcomes).exclude(['recovered', 'returned', 'withdrawn']),
    note: prose(2000).optional(),
  })
  .meta({ example: { outcome: 'fixed_at_centre', note: 'Dibetulkan petugas pusat lewat telepon.' } });

/** One text for every applicant whose ticket an incident delays. */
export const broadcast = z
  .strictObject({ id: prose(500).describe('Plain Indonesian'), en: prose(500).describe('English') })
  .meta({
    example: {
      id: 'Pusat sedang pemeliharaan sampai pukul 20.00 WIB. Laporan Anda tetap diproses.',
      en: 'The centre is under maintenance until 20:00 WIB. Your report goes on afterwards.',
    },
  });

/** To whom a message goes, and by what. */
const recipient = {
  contactId: z.string().describe('Id of a contact from `GET /v1/contacts`'),
  channel: z.enum(handoffChannels),
};

export const newHandoff = z
  .strictObject(recipient)
  .meta({ example: { contactId: '019a0000-0000-7000-8000-000000000000', channel: 'whatsapp' } });
export type NewHandoff = z.output<typeof newHandoff>;

/** One message about several tickets: each has its own confirmation and outcome. */
export const newBundle = z
  .strictObject({
    escalations: z
      .array(z.string())
      .min(1)
      .max(20)
      .refine(
        (ids) => new Set(ids).size === ids.length,
        refinement('escalation_repeated', 'Sebut setiap eskalasi satu kali.', 'Name each escalation once.'),
      ),
    ...recipient,
  })
  .meta({
    example: {
      escalations: ['019a0000-0000-7000-8000-000000000000'],
      contactId: '019a0000-0000-7000-8000-000000000000',
      channel: 'email',
    },
  });
export type NewBundle = z.output<typeof newBundle>;

/** The hand-offs of a message after a change; the fields of the first one are repeated at the top. */
export const changedHandoffs = handoffView.extend({ handoffs: z.array(handoffView) });
export type ChangedHandoffs = z.output<typeof changedHandoffs>;

export const composed = changedHandoffs.extend({
  text: z.string().describe('To be sent or said; identity is masked'),
  waLink: z.string().nullable().describe('Opens a draft in WhatsApp and sends nothing'),
  mail: z
    .object({ subject: z.string(), link: z.string().describe('Opens a draft in the mail program') })
    .nullable()
    .describe('Null unless the channel is `email`'),
});
export type Composed = z.output<typeof composed>;

/** The contact's confirmation. */
export const receipt = z
  .strictObject({
    who: prose(100).describe('Who has it at the centre'),
    how: prose(200).describe('How they confirmed it'),
  })
  .meta({ example: { who: 'Petugas piket pusat', how: 'Membalas WhatsApp pukul 10.15' } });
