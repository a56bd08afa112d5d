import { InOrder } from './in-order';

/** Work that ends when it is told to. */
function slow() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('does the work of one key one at a time, and that of another meanwhile', async () => {
  const order = new InOrder();
  const done: string[] = [];
  const first = slow();
  const one = order.take('a', first.work).then(() => done.push('a1'));
  const two = order.take('a', () => Promise.resolve(done.push('a2')));
  await order.take('b', () => Promise.resolve(done.push('b1')));
  await settled();
  expect(done).toEqual(['b1']);
  first.end();
  await Promise.all([one, two]);
  expect(done).toEqual(['b1', 'a1', 'a2']);
});

it('goes on after a failure', async () => {
  const order = new InOrder();
  const failed = order.take('a', () => Promise.reject(new Error('no')));
  const next = order.take('a', () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
