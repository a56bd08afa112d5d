import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Whom a step asks. */
export const who = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('officer'), officer: z.uuid() }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(['officer', 'supervisor', 'liaison', 'admin']) }),
  z.strictObject({ kind: z.literal('rota'), rota: z.uuid() }),
]);
export type Who = z.output<typeof who>;

/**
 * Through what: the first of `whatsapp` and `email` that does, in their order; `webhook` and `console` tell programs
 * and streams besides.
 */
export const through = z.enum(['whatsapp', 'email', 'webhook', 'console']);
export type Through = z.output<typeof through>;

const channels = z.array(through).min(1).max(4);

export const policyStep = z.strictObject({
  who,
  through: channels,
  /** Until the next step. */
  waitSeconds: z.int().min(1).max(86_400),
  /** A step for working hours is skipped outside them. */
  when: z.enum(['always', 'working_hours']).default('always'),
});
export type PolicyStep = z.output<typeof policyStep>;

const hoursOfDay = z.array(z.strictObject({ from: timeOfDay, to: timeOfDay })).max(4);

export const policyRules = z.strictObject({
  steps: z.array(policyStep).min(1).max(10),
  /** When nobody has answered: the head of office; where there is none, the nodes above. */
  final: z.strictObject({ who, through: channels }),
  /** How often the steps are gone through again before that. */
  repeats: z.int().min(0).max(5).default(0),
  /** How long an acknowledgement holds. */
  acknowledgeSeconds: z.int().min(1).max(86_400),
  /** Working hours on the clock of the office; null: always. Index 0 is Monday. */
  hours: z.array(hoursOfDay).length(7).nullable().default(null),
  /** Nobody is asked between these times, on the clock of the office, unless a deadline or an officer's flag presses. */
  quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable().default(null),
});
export type PolicyRules = z.output<typeof policyRules>;
