import { policyRules } from './policy';
import { fieldErrors } from '@sinkron/observability';

const step = { who: { kind: 'role', role: 'officer' }, through: ['whatsapp', 'email'], waitSeconds: 300 };
const rules = {
  steps: [step],
  final: { who: { kind: 'role', role: 'supervisor' }, through: ['email'] },
  acknowledgeSeconds: 1_800,
};
const open = [{ from: '08:00', to: '16:00' }];
const week = [open, open, open, open, open, [], []];

it('fills in what is not said: at all times, once, without hours and quiet', () => {
  expect(policyRules.parse(rules)).toEqual({
    ...rules,
    steps: [{ ...step, when: 'always' }],
    repeats: 0,
    hours: null,
    quiet: null,
  });
});

it.each<[string, object, string, string]>([
  ['no step', { steps: [] }, 'steps', 'too_short'],
  ['eleven steps', { steps: Array.from({ length: 11 }, () => step) }, 'steps', 'too_long'],
  ['a step without a wait', { steps: [{ ...step, waitSeconds: 0 }] }, 'steps.0.waitSeconds', 'too_short'],
  [
    'a last step that reaches programs and streams alone',
    { final: { ...rules.final, through: ['webhook', 'console'] } },
    'final.through',
    'final_reaches_nobody',
  ],
  [
    'an auditor',
    { steps: [{ ...step, who: { kind: 'role', role: 'auditor' } }] },
    'steps.0.who.role',
    'unknown_value',
  ],
  [
    'a name for an id',
    { steps: [{ ...step, who: { kind: 'rota', rota: 'x' } }] },
    'steps.0.who.rota',
    'invalid_format',
  ],
  [
    'a channel twice',
    { steps: [{ ...step, through: ['email', 'email'] }] },
    'steps.0.through',
    'channel_repeated',
  ],
  [
    'working hours that nobody knows',
    { steps: [step, { ...step, when: 'working_hours' }] },
    'steps.1.when',
    'hours_unknown',
  ],
  ['a week of six days', { hours: week.slice(1) }, 'hours', 'too_short'],
  [
    'hours past midnight',
    { hours: [[{ from: '22:00', to: '06:00' }], ...week.slice(1)] },
    'hours.0.0',
    'hours_order',
  ],
  ['an impossible time', { quiet: { from: '22:00', to: '24:00' } }, 'quiet.to', 'time_format'],
  ['quiet all day', { quiet: { from: '05:00', to: '05:00' } }, 'quiet', 'quiet_always'],
])('refuses %s', (_, change, field, code) => {
  const found = fieldErrors(policyRules.safeParse({ ...rules, ...change }).error?.issues ?? []);
  expect(found.map((error) => [error.field, error.code])).toEqual([[field, code]]);
});

it('takes hours until midnight and a quiet time past it', () => {
  const late = [[{ from: '13:00', to: '24:00' }], ...week.slice(1)];
  const parsed = policyRules.parse({
    ...rules,
    steps: [{ ...step, when: 'working_hours' }],
    hours: late,
    quiet: { from: '22:00', to: '05:00' },
  });
  expect(parsed.hours).toEqual(late);
});
