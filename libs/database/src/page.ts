import { type Id, isId } from './ids';
import { refinement } from '@sinkron/observability';
import { z } from 'zod';

/** Where a list that is sorted by time, and by id within the same instant, goes on. */
export interface TimedKey {
  at: Date;
  id: Id;
}

/** The key of the last row of a page: its id, or its time and id, as the list is sorted. */
export type PageKey = Id | TimedKey;

/**
 * The one format of cursors: the columns of the key, joined by a dot; a time in milliseconds. For callers it has no
 * meaning but that of the next page.
 */
export function cursorOf(key: PageKey): string {
  return typeof key === 'string' ? key : `${key.at.getTime()}.${key.id}`;
}

/** @returns null for a text that is no cursor */
function readCursor(text: string): PageKey | null {
  const [, time, id = ''] = /^(?:(\d{1,15})\.)?(.*)$/.exec(text) ?? [];
  if (!isId(id)) return null;
  return time === undefined ? id : { at: new Date(Number(time)), id };
}

const cursorUnknown = refinement(
  'cursor_unknown',
  'Pakai nextCursor dari halaman sebelumnya.',
  'Use nextCursor of the page before.',
);

/** A cursor of a list that is sorted by id. */
const idCursor = z.string().refine((text) => typeof readCursor(text) === 'string', cursorUnknown);

/** A cursor of a list that is sorted by time and id. */
export const timedCursor = z
  .string()
  .max(120)
  .transform((text, context): TimedKey => {
    const key = readCursor(text);
    if (key !== null && typeof key !== 'string') return key;
    context.addIssue({ code: 'custom', message: 'cursor_unknown', ...cursorUnknown });
    return z.NEVER;
  });

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
export const pageQuery = z.strictObject({ cursor: idCursor.optional(), limit });
export type PageQuery = z.output<typeof pageQuery>;

/** The same for a list that is sorted by time and id. */
export const timedPageQuery = pageQuery.extend({ cursor: timedCursor.optional() });

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * @param rows in the order of their keys, read with a limit one higher than the page's
 * @param keyOf the key by which the list is sorted, where that is not the id alone
 */
export function pageOf<Item extends { id: Id }>(
  rows: readonly Item[],
  limit: number,
  keyOf: (row: Item) => PageKey = ({ id }) => id,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? cursorOf(keyOf(last)) : null };
}
