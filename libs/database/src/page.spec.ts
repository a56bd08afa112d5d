import { newId } from './ids';
import { cursorOf, pageOf, pageQuery, timedCursor, timedPageQuery } from './page';

const id = newId();
const at = new Date('2026-11-28T03:00:00.123Z');
const rows = [newId(), newId(), newId()].map((one) => ({ id: one, at }));

it('a list of one column goes on after an id', () => {
  const { items, nextCursor } = pageOf(rows, 2);
  expect(items).toEqual(rows.slice(0, 2));
  expect(pageQuery.parse({ cursor: nextCursor }).cursor).toBe(rows[1]!.id);
  expect(pageOf(rows, 3).nextCursor).toBeNull();
});

it('a list of two columns goes on after a time and an id', () => {
  const { nextCursor } = pageOf(rows, 2, (row) => row);
  expect(timedPageQuery.parse({ cursor: nextCursor }).cursor).toEqual(rows[1]);
});

it('a cursor of another kind of list, or none, is refused by its name', () => {
  const codes = (result: ReturnType<typeof pageQuery.safeParse>) =>
    result.error?.issues.map(({ path }) => path);
  for (const cursor of [cursorOf({ at, id }), '', '1', '12.not-an-id', `.${id}`, `-1.${id}`, ` ${id}`])
    expect(codes(pageQuery.safeParse({ cursor }))).toEqual([['cursor']]);
  for (const cursor of [id, '', '1', '12.not-an-id', `.${id}`, `1e3.${id}`, `1.1.${id}`, `1.${id}.`])
    expect(timedCursor.safeParse(cursor).success).toBe(false);
});
