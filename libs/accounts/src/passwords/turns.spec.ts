import { Turns } from './turns';
import { Problem } from '@sinkron/observability';

it('lets two work, keeps the rest waiting in order, and refuses beyond its bound', async () => {
  const turns = new Turns({ atOnce: 2, waitingOfOne: 3, waiting: 10 });
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const begin = (name: number) =>
    turns.take('one', () => {
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
  const turns = new Turns({ atOnce: 1, waitingOfOne: 1, waiting: 1 });
  const failing = turns.take('one', () => Promise.reject(new Error('no')));
  const next = turns.take('one', () => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

it('serves the parties in turn, and refuses one that fills its places without refusing the others', async () => {
  const turns = new Turns({ atOnce: 1, waitingOfOne: 3, waiting: 5 });
  const served: string[] = [];
  const come = (party: string) =>
    turns.take(party, () => {
      served.push(party);
      return Promise.resolve();
    });
  const flood = Array.from({ length: 10 }, () => come('flood').catch(() => 'refused'));
  const others = ['owner', 'guest'].map(come);
  // Five wait in all.
  await expect(come('late')).rejects.toBeInstanceOf(Problem);
  expect((await Promise.all(flood)).filter((end) => end === 'refused')).toHaveLength(6);
  await Promise.all(others);
  expect(served).toEqual(['flood', 'flood', 'owner', 'guest', 'flood', 'flood']);
  await come('late');
});
