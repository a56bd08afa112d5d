import { officerId, policyRules, rotaChange, rotaInput, rotaPlan } from '@sinkron/escalation';
import { calendarDay, holidayInput, holidayName } from '@sinkron/offices';
import { instant } from '@sinkron/tickets';
import { z } from 'zod';

const anybody = '019a0000-0000-7000-8000-000000000000';
const office = z.object({ code: z.string(), name: z.string() });
const isoInstant = z.iso.datetime();

export const policyBody = policyRules.meta({
  example: {
    steps: [
      { who: { kind: 'role', role: 'officer' }, through: ['whatsapp', 'email', 'console'], waitSeconds: 300 },
      { who: { kind: 'role', role: 'supervisor' }, through: ['whatsapp', 'email'], waitSeconds: 600 },
    ],
    final: { who: { kind: 'role', role: 'supervisor' }, through: ['whatsapp', 'email', 'console'] },
    repeats: 1,
    acknowledgeSeconds: 1800,
    quiet: { from: '22:00', to: '05:00' },
  },
});

export const effectivePolicy = z.object({
  rules: policyRules,
  version: z.int().describe('Rises with every change; 0 for the default rules'),
  source: z
    .string()
    .nullable()
    .describe('Code of the office, or of the node above, whose rules these are; null: the default rules'),
});

export const ownPolicy = z.object({
  id: z.uuid().describe('Of the office'),
  office,
  version: z.int(),
  changedAt: isoInstant,
  rules: policyRules,
});

const plan = {
  members: [anybody],
  turn: 'weekly',
  handoverAt: '07:30',
  startsOn: '2026-11-23',
  zone: 'Asia/Jakarta',
};

export const newRota = rotaInput.meta({ example: { office: '3319', name: 'Piket darurat', plan } });
export const changedRota = rotaChange.meta({
  example: { name: 'Piket darurat', plan: { ...plan, turn: 'daily' } },
});

export const rota = z.object({ id: z.uuid(), office, name: z.string(), plan: rotaPlan });

export const rotaNow = rota.extend({
  onDuty: z.uuid().nullable().describe('The officer who has the turn; null before the first shift change'),
  handovers: z
    .array(z.object({ at: isoInstant, officer: z.uuid() }))
    .describe('The next shift changes, by the plan alone'),
  overrides: z
    .array(z.object({ id: z.uuid(), officer: z.uuid(), from: isoInstant, to: isoInstant }))
    .describe('Those that hold now or later, the next one first; of overlapping ones the last made wins'),
});

/** Who has the turn instead, and for how long. */
export const newOverride = z
  .strictObject({
    officer: officerId.describe('Need not be a member of the plan'),
    from: instant,
    to: instant.describe('At most 366 days later'),
  })
  .meta({
    example: { officer: anybody, from: '2030-11-25T07:30:00+07:00', to: '2030-11-26T07:30:00+07:00' },
  });

export const holiday = z.object({
  office: z.string().describe('Code of the office, or of the node above, whose holiday it is'),
  day: calendarDay,
  name: holidayInput.shape.name,
});

export const namedHoliday = z
  .strictObject({ name: holidayName })
  .meta({ example: { name: 'Hari Raya Natal' } });
