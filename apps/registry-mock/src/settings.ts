import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Database } from './database';

const year = 365 * 24 * 3600;
const share = z.number().min(0).max(1);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 08:00');

export const lagSetting = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), seconds: z.number().min(0).max(year) }),
    z.strictObject({
      kind: z.literal('lognormal'),
      medianSeconds: z.number().positive().max(year),
      sigma: z.number().min(0).max(5),
    }),
  ])
  .meta({ id: 'Lag', description: 'How long an accepted push waits, drawn at receipt, in wall seconds.' });

export const takeRateSetting = z
  .strictObject({ share })
  .meta({ id: 'TakeRate', description: 'The share of pushes that change the record, drawn at receipt.' });

export const faultShares = [
  'hangShare',
  'status500Share',
  'status503Share',
  'status429Share',
  'resetShare',
  'garbageShare',
  'loseAnswerShare',
] as const;

/** One request meets one fault at most, so the shares of all of them cannot pass 1. */
export const faultsSetting = z
  .strictObject({
    latencyMs: z.number().min(0).max(300_000).optional(),
    ...(Object.fromEntries(faultShares.map((name) => [name, share.optional()])) as Record<
      (typeof faultShares)[number],
      z.ZodOptional<typeof share>
    >),
    outageSeconds: z.number().min(0).max(year).optional(),
  })
  .refine((faults) => faultShares.reduce((sum, name) => sum + (faults[name] ?? 0), 0) <= 1 + 1e-9, {
    message: 'the shares together must not pass 1',
  })
  .meta({ id: 'Faults', description: 'What goes wrong, and how often; an absent field is off.' });

export const verificationSetting = z
  .strictObject({
    quotaPerDay: z.int().min(0).optional(),
    permittedHours: z.strictObject({ from: clockTime, to: clockTime }).optional(),
    credentials: z
      .strictObject({ user: z.string(), password: z.string(), ip: z.string().optional() })
      .optional(),
    answerCode: z
      .string()
      .regex(/^\d\d$/, 'a code of two digits')
      .nullable()
      .optional(),
    errorShape: z.enum(['RESPONSE_DESC', 'RESPONSE', 'RESPON']).optional(),
  })
  .meta({
    id: 'Verification',
    description:
      'Provokes the codes of the verification service; an absent field is off. Hours are WIB. `answerCode` is given ' +
      'to every request. `errorShape` names the field that holds the text of an error; with RESPON there is no code.',
  });

/** Requests counted against the quota on one day, by WIB. */
const quotaSetting = z.strictObject({ day: z.string(), used: z.int().min(0) });

export type Lag = z.output<typeof lagSetting>;
export type TakeRate = z.output<typeof takeRateSetting>;
export type Faults = z.output<typeof faultsSetting>;
export type VerificationSetting = z.output<typeof verificationSetting>;

const schemas = {
  lag: lagSetting,
  takeRate: takeRateSetting,
  faults: faultsSetting,
  verification: verificationSetting,
  quota: quotaSetting,
};
type Values = { [Name in keyof typeof schemas]: z.output<(typeof schemas)[Name]> };

/** Production-like: 13–34 % of pushes had to be repeated, and half of them took hours. */
const defaults: Values = {
  lag: { kind: 'lognormal', medianSeconds: 6 * 3600, sigma: 0.98 },
  takeRate: { share: 0.8 },
  faults: {},
  verification: {},
  quota: { day: '', used: 0 },
};

/** What the admin calls decide: kept in the database, read from memory, since every request asks. */
@Injectable()
export class Settings implements OnModuleInit {
  private values = defaults;
  private outageEnds = 0;

  constructor(private readonly database: Database) {}

  get<Name extends keyof Values>(name: Name): Values[Name] {
    return this.values[name];
  }

  /** Whether `outageSeconds` since the faults were set have not passed yet. */
  get outage(): boolean {
    return performance.now() < this.outageEnds;
  }

  /** Takes up what was set before a restart; an outage goes on for as long as it had left. */
  async onModuleInit(): Promise<void> {
    const rows = await this.database.query<{ name: keyof Values; value: string; ageMs: number }>(
      `select name, value, timestampdiff(microsecond, updated_at, utc_timestamp(3)) div 1000 as ageMs from setting`,
    );
    for (const { name, value, ageMs } of rows) this.keep(name, schemas[name].parse(JSON.parse(value)), ageMs);
  }

  /** Keeps a value from now on; gives it back. */
  async put<Name extends keyof Values>(name: Name, value: Values[Name]): Promise<Values[Name]> {
    await this.database.query(
      `replace into setting (name, value, updated_at) values (?, ?, utc_timestamp(3))`,
      [name, JSON.stringify(value)],
    );
    this.keep(name, value, 0);
    return value;
  }

  /** Back to the defaults. */
  async reset(): Promise<void> {
    await this.database.query('delete from setting');
    this.values = defaults;
    this.outageEnds = 0;
  }

  private keep(name: keyof Values, value: Values[keyof Values], ageMs: number): void {
    this.values = { ...this.values, [name]: value };
    if (name === 'faults') {
      this.outageEnds = performance.now() + 1000 * (this.values.faults.outageSeconds ?? 0) - ageMs;
    }
  }
}
