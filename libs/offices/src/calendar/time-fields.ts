import { bareValue } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';
import { z } from 'zod';

/** `HH:MM` */
export const timeOfDay = z
  .string()
  .overwrite(bareValue)
  .refine(
    (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text),
    refinement('time_format', 'Tulis jam seperti 07:30.', 'Write a time of day like 07:30.'),
  )
  .meta({ example: '07:30' });

/** The same, or the end of the day. */
export const closingTime = z
  .string()
  .overwrite(bareValue)
  .refine(
    (text) => /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text),
    refinement(
      'time_format',
      'Tulis jam seperti 16:00, paling akhir 24:00.',
      'Write a time of day like 16:00, at most 24:00.',
    ),
  )
  .meta({ example: '16:00' });

/** A day of the calendar, `YYYY-MM-DD`, of this century. */
export const calendarDay = z
  .string()
  .overwrite(bareValue)
  .refine(
    (text) => /^20\d\d-/.test(text) && z.iso.date().safeParse(text).success,
    refinement('day_format', 'Tulis tanggal seperti 2026-12-25.', 'Write a date like 2026-12-25.'),
  )
  .meta({ format: 'date', example: '2026-12-25' });
