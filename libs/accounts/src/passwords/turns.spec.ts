import { Turns } from './turns';
import { Problem } from '@sinkron/observability';

it('lets two work, keeps the rest waiting in order, and refuses beyond its bound', async () => {
  const turns = new Turns(2, 3);
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const begin = (name: number) =>
    turns.take(() => {
      started.push(name);
      return new Promise<void>((resolve) => finish.push(resolve));
    });
  const accepted = [1, 2, 3, 4, 5].map(begin);
  await expect(begin(6)).rejects.toBeInstanceOf(Problem);
  expect(started).toEqual([1, 2]);
  for (let n = 0; n < accepted.length; n++) {
    finish[n]?.();
    await accepted[n];
    expect(started.length).toBeLessThanOrEqual(n + 3);
  }
  expect(started).toEqual([1, 2, 3, 4, 5]);
});

it('gives the place on after a failure', async () => {
  const turns = new Turns(1, 1);
  const failing = turns.take(() => Promise.reject(new Error('no')));
  const next = turns.take(() => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});
