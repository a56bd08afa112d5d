import { z } from 'zod';
import { durationProfiles, type Durations } from './durations';

/** Which profile holds is shown in `/health/ready`. */
export interface DurationProfile {
  durationProfile: 'production' | 'demo' | 'custom';
  durations: Durations;
}

/** The durations that are one number; the others say below what they are made of. */
type SingleDuration = {
  [Name in keyof Durations]: Durations[Name] extends number ? Name : never;
}[keyof Durations];

const milliseconds = z.int().positive();
const bounds = z.strictObject({ least: milliseconds, most: milliseconds });
const replacements = z
  .strictObject({
    ...(Object.fromEntries(
      Object.keys(durationProfiles.production).map((name) => [name, milliseconds]),
    ) as Record<SingleDuration, typeof milliseconds>),
    readings: z.array(milliseconds).min(1),
    reviewedReadings: bounds,
    backOff: bounds,
  })
  .partial();

/** What DURATIONS means: a profile, or production with single values replaced; null when it means nothing. */
export function readDurations(text: string): DurationProfile | null {
  if (text === 'production' || text === 'demo') {
    return { durationProfile: text, durations: durationProfiles[text] };
  }
  try {
    const custom = replacements.parse(JSON.parse(text)) as Partial<Durations>;
    return { durationProfile: 'custom', durations: { ...durationProfiles.production, ...custom } };
  } catch {
    return null;
  }
}
