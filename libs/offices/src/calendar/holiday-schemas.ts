import { officeCode } from '../office-schemas';
import { calendarDay } from './time-fields';
import { foldPasted } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';
import { z } from 'zod';

export const holidayName = z
  .string()
  .overwrite(foldPasted)
  .trim()
  .refine(
    (name) => /^[^\p{Cc}\p{Cf}\p{Cs}\ufffd]{1,80}$/u.test(name),
    refinement(
      'holiday_name_format',
      'Nama hari libur: 1–80 karakter tanpa tanda yang tidak terlihat atau rusak (�).',
      'The name of a holiday has 1–80 characters and no invisible or broken (�) signs.',
    ),
  )
  .meta({ example: 'Hari Raya Natal' });

/** A holiday as a line of CSV. */
export const holidayInput = z.strictObject({
  office: officeCode.describe('Code of the office or node that is closed, with all below it'),
  day: calendarDay,
  name: holidayName,
});
export type HolidayInput = z.output<typeof holidayInput>;

/** Of which office, and between which days; a year from today unless it says otherwise. */
export const holidayQuery = z.strictObject({
  office: officeCode.optional().describe('Code of an office; the own one unless it says otherwise'),
  from: calendarDay.optional().describe('The first day'),
  to: calendarDay.optional().describe('The last day, at most two years after the first'),
});
export type HolidayQuery = z.output<typeof holidayQuery>;
