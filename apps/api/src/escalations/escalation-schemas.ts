import { pageQuery } from '@sinkron/access';
import { escalationOutcomes, escalationStates } from '@sinkron/escalation';
import { prose } from '@sinkron/tickets';
import { z } from 'zod';
import { escalationView, handoffView } from './escalation-view';

export const escalationQuery = pageQuery.extend({
  state: z.enum(escalationStates).optional(),
  ticket: z.string().optional().describe('Code of a case'),
});

export const wholeEscalation = escalationView.extend({ handoffs: z.array(handoffView) });
export type WholeEscalation = z.output<typeof wholeEscalation>;

/** `recovered` is said by the service alone, when the centre works again. */
export const resolution = z
  .strictObject({
    outcome: z.enum(escalationOutcomes).exclude(['recovered']),
    note: prose(2000).optional(),
  })
  .meta({ example: { outcome: 'fixed_at_centre', note: 'Dibetulkan petugas pusat lewat telepon.' } });

/** One text for every applicant whom an incident holds up. */
export const broadcast = z
  .strictObject({ id: prose(500).describe('Plain Indonesian'), en: prose(500).describe('English') })
  .meta({
    example: {
      id: 'Pusat sedang pemeliharaan sampai pukul 20.00 WIB. Laporan Anda tetap diproses.',
      en: 'The centre is under maintenance until 20:00 WIB. Your report goes on afterwards.',
    },
  });

export const newHandoff = z
  .strictObject({
    contactId: z.string().describe('Id of a contact from `GET /v1/contacts`'),
    channel: z.enum(['whatsapp', 'phone', 'email']),
  })
  .meta({ example: { contactId: '019a0000-0000-7000-8000-000000000000', channel: 'whatsapp' } });
export type NewHandoff = z.output<typeof newHandoff>;

export const composed = handoffView.extend({
  text: z.string().describe('To be sent or said; identity is masked'),
  waLink: z.string().nullable().describe('Opens a draft in WhatsApp and sends nothing'),
});

export const receipt = z
  .strictObject({
    who: prose(100).describe('Who has it at the centre'),
    how: prose(200).describe('How they confirmed it'),
  })
  .meta({ example: { who: 'Petugas piket pusat', how: 'Membalas WhatsApp pukul 10.15' } });
