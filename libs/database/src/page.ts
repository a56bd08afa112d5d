import { type Id, isId } from './ids';
import { refinement } from '@sinkron/observability';
import { z } from 'zod';

/** Digits and nothing else: `0x10`, `1e1` and ` 5 ` are numbers to JavaScript only. */
const limit = z
  .string()
  .refine(
    (text) => /^[1-9][0-9]{0,2}$/.test(text) && Number(text) <= 100,
    refinement('limit_range', 'Tulis angka dari 1 sampai 100.', 'Write a number from 1 to 100.'),
  )
  .meta({ type: 'integer', minimum: 1, maximum: 100 })
  .transform(Number)
  .default(20);

/** The query of every list: 20 items from the beginning, unless it says otherwise. */
export const pageQuery = z.strictObject({
  cursor: z
    .string()
    .refine(
      isId,
      refinement(
        'cursor_unknown',
        'Pakai nextCursor dari halaman sebelumnya.',
        'Use nextCursor of the page before.',
      ),
    )
    .optional(),
  limit,
});
export type PageQuery = z.output<typeof pageQuery>;

/** One page of a list, oldest first; `nextCursor` is null on the last one. */
export interface Page<Item> {
  items: Item[];
  nextCursor: Id | null;
}

/** @param rows in the order of their ids, read with a limit one higher than the page's */
export function pageOf<Item extends { id: Id }>(rows: Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
