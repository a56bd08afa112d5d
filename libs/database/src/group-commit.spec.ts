import { DatabaseTimeout } from './failures';
import { GroupCommit } from './group-commit';

/** A commit that records its batches and can be held open. */
function recorder(fail: (items: number[]) => Error | null = () => null) {
  const batches: number[][] = [];
  let release: () => void = () => undefined;
  const gate = { held: Promise.resolve() };
  const commits = new GroupCommit<number, string>(async (items) => {
    batches.push(items);
    await gate.held;
    const error = fail(items);
    if (error) throw error;
    return items.map((item) => `done ${item}`);
  });
  const hold = () => {
    gate.held = new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  return { commits, batches, hold, release: () => release() };
}

it('starts at once when idle, and the next batch is what came meanwhile', async () => {
  const { commits, batches, hold, release } = recorder();
  hold();
  const first = commits.submit(1, 10);
  await new Promise(setImmediate);
  const rest = [2, 3, 4].map((item) => commits.submit(item, 10));
  release();
  expect(await Promise.all([first, ...rest])).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

it('takes at most 200 rows or a megabyte at a time', async () => {
  const { commits, batches } = recorder();
  await Promise.all(Array.from({ length: 450 }, (_, item) => commits.submit(item, 10)));
  expect(batches.map(({ length }) => length)).toEqual([200, 200, 50]);
  batches.length = 0;
  await Promise.all(Array.from({ length: 4 }, (_, item) => commits.submit(item, 400_000)));
  expect(batches.map(({ length }) => length)).toEqual([2, 2]);
});

it('repeats a failed batch, then goes one by one so that one bad item takes no other with it', async () => {
  const { commits, batches } = recorder((items) => (items.includes(2) ? new Error('bad') : null));
  const results = await Promise.allSettled([1, 2, 3].map((item) => commits.submit(item, 10)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(batches).toEqual([[1, 2, 3], [1, 2, 3], [1], [2], [2], [3]]);
});

it('tells everybody at once when the database is away', async () => {
  const { commits, batches } = recorder(() => new DatabaseTimeout('commit'));
  const results = await Promise.allSettled([1, 2, 3].map((item) => commits.submit(item, 10)));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(batches).toHaveLength(2);
});

it('refuses with 503 and a time when 2,000 wait', async () => {
  const { commits, hold, release } = recorder();
  hold();
  const accepted = Array.from({ length: 2_000 }, (_, item) => commits.submit(item, 1));
  expect(() => commits.submit(2_001, 1)).toThrow(expect.objectContaining({ status: 503, retryAfter: 2 }));
  release();
  await Promise.all(accepted);
  await commits.drain();
});
