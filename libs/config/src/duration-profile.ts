import { z } from 'zod';
import { durationProfiles, type Durations } from './durations';

/** `demo` and `custom` are said aloud in `/health/ready`. */
export interface DurationProfile {
  durationProfile: 'production' | 'demo' | 'custom';
  durations: Durations;
}

const milliseconds = z.int().positive();
const replacements = z
  .strictObject({
    ...(Object.fromEntries(
      Object.keys(durationProfiles.production).map((name) => [name, milliseconds]),
    ) as Record<Exclude<keyof Durations, 'checks' | 'backOff'>, typeof milliseconds>),
    checks: z.array(milliseconds).min(1),
    backOff: z.strictObject({ least: milliseconds, most: milliseconds }),
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
