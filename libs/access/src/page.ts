import { type Id, isId } from '@sinkron/database';
import { z } from 'zod';
import { told } from './told';

/** The query of every list: 20 items from the beginning, unless it says otherwise. */
export const pageQuery = z.strictObject({
  cursor: z
    .string()
    .refine(
      isId,
      told(
        'cursor_unknown',
        'Pakai nextCursor dari halaman sebelumnya.',
        'Use nextCursor of the page before.',
      ),
    )
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
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
