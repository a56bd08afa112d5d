import { refinement } from '@sinkron/observability';
import { z } from 'zod';
import { closingTime, timeOfDay } from './time-fields';

const hoursOfDay = z
  .array(
    z
      .strictObject({ from: timeOfDay, to: closingTime })
      .refine(
        ({ from, to }) => from < to,
        refinement(
          'hours_order',
          'Jam tutup harus sesudah jam buka; yang melewati tengah malam ditulis pada dua hari.',
          'Closing must come after opening; hours past midnight are written on two days.',
        ),
      ),
  )
  .max(4);

/** A time of day in which nobody is asked; one that ends before it begins passes midnight. */
export const quietTime = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(
    ({ from, to }) => from !== to,
    refinement(
      'quiet_always',
      'Jam tenang tidak boleh sepanjang hari.',
      'The quiet time cannot last all day: nobody would ever be asked.',
    ),
  );
export type QuietTime = z.output<typeof quietTime>;

/** The opening hours of the seven days from Monday, on the clock of the office. */
export const weeklyHours = z.array(hoursOfDay).length(7);
export type WeeklyHours = z.output<typeof weeklyHours>;
