import { officerId, rotaId } from './id-fields';
import { may, roles } from '@sinkron/accounts';
import { isPersonal, personChannels } from '@sinkron/messaging';
import { refinement } from '@sinkron/observability';
import { quietTime, weeklyHours } from '@sinkron/offices';
import { z } from 'zod';

const mayTakeEscalations = roles.filter((role) => may({ role }, 'escalations'));

/** Whom a step asks. */
export const who = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('officer'), officer: officerId }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(mayTakeEscalations) }),
  z.strictObject({ kind: z.literal('rota'), rota: rotaId }),
]);
export type Who = z.output<typeof who>;

/**
 * Through what: the first of `whatsapp` and `email` that works, in the given order; `webhook` and `console` reach
 * programs and streams besides.
 */
export const through = z.enum([...personChannels, 'webhook', 'console']);
export type Through = z.output<typeof through>;

const channels = z
  .array(through)
  .min(1)
  .max(through.options.length)
  .refine(
    (channels) => new Set(channels).size === channels.length,
    refinement('channel_repeated', 'Sebut setiap saluran satu kali.', 'Name each channel once.'),
  )
  .describe(
    'The first of `whatsapp` and `email` that reaches them, in this order; programs and streams besides',
  )
  .meta({ example: ['whatsapp', 'email', 'console'] });

/** One step: it asks these people, and waits. */
export const policyStep = z.strictObject({
  who,
  through: channels,
  waitSeconds: z.int().min(1).max(86_400).describe('Until the next step'),
  when: z
    .enum(['always', 'working_hours'])
    .default('always')
    .describe('A step for working hours is skipped outside them'),
});
export type PolicyStep = z.output<typeof policyStep>;

const hoursUnknown = refinement(
  'hours_unknown',
  'Isi juga hours: langkah ini hanya untuk jam kerja.',
  'Give hours too: this step is for working hours only.',
);

const finalReachesNobody = {
  path: ['through'],
  ...refinement(
    'final_reaches_nobody',
    `Langkah terakhir harus sampai kepada orang: sebut ${personChannels.join(' atau ')}.`,
    `The last step must reach a person: name ${personChannels.join(' or ')}.`,
  ),
};

const rules = z.strictObject({
  steps: z.array(policyStep).min(1).max(10),
  final: z
    .strictObject({ who, through: channels })
    .refine(({ through: ways }) => ways.some(isPersonal), finalReachesNobody)
    .describe('When nobody has answered: the head of office; where there is none, the supervisors above'),
  repeats: z.int().min(0).max(5).default(0).describe('How often the steps are repeated before that'),
  acknowledgeSeconds: z.int().min(1).max(86_400).describe('How long an acknowledgement holds'),
  hours: weeklyHours
    .nullable()
    .default(null)
    .describe('Working hours of the seven days from Monday, on the clock of the office; null: always'),
  quiet: quietTime
    .nullable()
    .default(null)
    .describe('Nobody is asked meanwhile, except for a near deadline or a flag; on the clock of the office'),
});

/** How escalations of an office reach a person, as its people write it. */
export const policyRules = rules.superRefine(({ steps, hours }, context) => {
  if (hours !== null) return;
  for (const [at, { when }] of steps.entries())
    if (when === 'working_hours')
      context.addIssue({ code: 'custom', path: ['steps', at, 'when'], ...hoursUnknown });
});
export type PolicyRules = z.output<typeof policyRules>;
