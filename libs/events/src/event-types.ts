import { z } from 'zod';

const ticket = z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] });
const escalation = z.uuid();
const reason = z.string().meta({ examples: ['officer_flag'] });

/** What every event of an escalation says; an incident has no ticket, a ticket no incident. */
const aboutEscalation = z.object({
  escalation,
  ticket: ticket.nullable(),
  incident: z
    .string()
    .nullable()
    .meta({ examples: ['centre_not_taking'] }),
  reason,
});

/**
 * Every type of event that webhooks and streams get, with the shape of its data: the one table, from which the document
 * `openapi/events.json` is made. Ids and codes only, never personal data.
 */
export const eventTypes = {
  'escalation.opened': aboutEscalation.describe('A person must take something on'),
  'escalation.notified': aboutEscalation
    .extend({
      step: z.int().describe('From 1'),
      run: z.int().describe('From 1; one more whenever the ladder starts over'),
      final: z.boolean().describe('The last step: nobody has answered'),
      recipients: z.array(z.uuid()).describe('Ids of the officers who are asked'),
      through: z.array(z.string()),
    })
    .describe('The people of one step are being asked'),
  'escalation.acknowledged': aboutEscalation
    .extend({ officer: z.uuid(), via: z.string(), until: z.iso.datetime() })
    .describe('Somebody has taken it, until then'),
  'escalation.unacknowledged': aboutEscalation
    .extend({
      cause: z
        .string()
        .describe(
          '`lapsed`, `given_back`, `receipt_late`, `outcome_late`, `transferred`, `rights_withdrawn`',
        ),
    })
    .describe('It is unassigned again, and the ladder starts over'),
  'escalation.unanswered': aboutEscalation.describe('Everybody was asked and nobody answered'),
  'escalation.handed_off': aboutEscalation
    .extend({ handoff: z.uuid(), contact: z.uuid() })
    .describe('A message to somebody at the centre was sent'),
  'escalation.receipt_confirmed': aboutEscalation
    .extend({ handoff: z.uuid() })
    .describe('Somebody at the centre has it'),
  'escalation.resolved': aboutEscalation
    .extend({
      outcome: z.string(),
      cause: z
        .string()
        .describe('Why: `by_officer`, `suspended`, `deadline_changed`, `ticket_resolved`, `recovered` …'),
    })
    .describe('It is over, and how'),
  'ticket.overdue': z
    .object({ ticket, dueAt: z.iso.datetime() })
    .describe('24 hours passed without a match (R7)'),
  'ticket.resolved': z
    .object({ ticket, outcome: z.string() })
    .describe('Proved by a reading that the centre agrees'),
  'registry.incident.opened': z
    .object({ escalation, incident: z.string(), region: z.string().nullable() })
    .describe('A fault at the centre that concerns many tickets'),
  'registry.incident.closed': z
    .object({ incident: z.string(), region: z.string().nullable() })
    .describe('The fault at the centre is over'),
  'desk.stuck': z
    .object({
      what: z.string().describe('`ladder_late`, `nobody_on_call`, `work_late`'),
      count: z.int(),
      since: z.iso.datetime().nullable(),
    })
    .describe('Work of this service is late or reaches nobody, and operations must look'),
  'delivery.dead': z
    .object({ delivery: z.uuid(), kind: z.string(), channel: z.string(), reason: z.string() })
    .describe('A message could not be delivered by any channel; a person must see to it'),
} as const satisfies Record<string, z.ZodObject>;

export type EventType = keyof typeof eventTypes;
export type EventData<Type extends EventType> = z.output<(typeof eventTypes)[Type]>;

export const eventTypeNames = Object.keys(eventTypes) as EventType[];

/** An event of a type, as it is recorded. */
export type Happened = {
  [Type in EventType]: { type: Type; subject: string; officeId: string | null; data: EventData<Type> };
}[EventType];
