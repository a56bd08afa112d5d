import { told } from '@sinkron/access';
import { z } from 'zod';
import { closingTime, officerId, rotaId, timeOfDay } from './on-call-fields';

/** Whom a step asks. */
export const who = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('officer'), officer: officerId }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(['officer', 'supervisor', 'liaison', 'admin']) }),
  z.strictObject({ kind: z.literal('rota'), rota: rotaId }),
]);
export type Who = z.output<typeof who>;

/**
 * Through what: the first of `whatsapp` and `email` that does, in their order; `webhook` and `console` tell programs
 * and streams besides.
 */
export const through = z.enum(['whatsapp', 'email', 'webhook', 'console']);
export type Through = z.output<typeof through>;

const channels = z
  .array(through)
  .min(1)
  .max(through.options.length)
  .refine(
    (channels) => new Set(channels).size === channels.length,
    told('channel_repeated', 'Sebut setiap saluran satu kali.', 'Name each channel once.'),
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

const hoursOfDay = z
  .array(
    z
      .strictObject({ from: timeOfDay, to: closingTime })
      .refine(
        ({ from, to }) => from < to,
        told(
          'hours_order',
          'Jam tutup harus sesudah jam buka; yang melewati tengah malam ditulis pada dua hari.',
          'Closing must come after opening; hours past midnight are written on two days.',
        ),
      ),
  )
  .max(4);

const quietTime = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(
    ({ from, to }) => from !== to,
    told(
      'quiet_always',
      'Jam tenang tidak boleh sepanjang hari.',
      'The quiet time cannot last all day: nobody would ever be asked.',
    ),
  );

const hoursUnknown = told(
  'hours_unknown',
  'Isi juga hours: langkah ini hanya untuk jam kerja.',
  'Give hours too: this step is for working hours only.',
);

const finalReachesNobody = {
  path: ['through'],
  ...told(
    'final_reaches_nobody',
    'Langkah terakhir harus sampai kepada orang: sebut whatsapp atau email.',
    'The last step must reach a person: name whatsapp or email.',
  ),
};

const rules = z.strictObject({
  steps: z.array(policyStep).min(1).max(10),
  final: z
    .strictObject({ who, through: channels })
    .refine(({ through: ways }) => ways.includes('whatsapp') || ways.includes('email'), finalReachesNobody)
    .describe('When nobody has answered: the head of office; where there is none, the supervisors above'),
  repeats: z
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe('How often the steps are gone through again before that'),
  acknowledgeSeconds: z.int().min(1).max(86_400).describe('How long an acknowledgement holds'),
  hours: z
    .array(hoursOfDay)
    .length(7)
    .nullable()
    .default(null)
    .describe('Working hours of the seven days from Monday, on the clock of the office; null: always'),
  quiet: quietTime
    .nullable()
    .default(null)
    .describe('Nobody is asked meanwhile, unless a deadline or a flag presses; on the clock of the office'),
});

/** How escalations of an office reach a person, as its people write it. */
export const policyRules = rules.superRefine(({ steps, hours }, context) => {
  if (hours !== null) return;
  for (const [at, { when }] of steps.entries())
    if (when === 'working_hours')
      context.addIssue({ code: 'custom', path: ['steps', at, 'when'], ...hoursUnknown });
});
export type PolicyRules = z.output<typeof policyRules>;
