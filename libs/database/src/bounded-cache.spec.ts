import { BoundedCache } from './bounded-cache';

afterEach(() => jest.restoreAllMocks());

it('reads once for all who ask, until the time is over', async () => {
  const cache = new BoundedCache<string, number>(10, 1000);
  let reads = 0;
  const ask = () => cache.get('a', () => Promise.resolve(++reads));
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  const later = performance.now() + 1001;
  jest.spyOn(performance, 'now').mockReturnValue(later);
  expect(await ask()).toBe(2);
});

it('does not remember a failure', async () => {
  const cache = new BoundedCache<string, number>(10, 1000);
  await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await cache.get('a', () => Promise.resolve(1))).toBe(1);
});

it('holds no more than its bound, the oldest goes', async () => {
  const cache = new BoundedCache<number, string>(2, 1000);
  for (const key of [1, 2, 3]) await cache.get(key, () => Promise.resolve('first'));
  const again = (key: number) => cache.get(key, () => Promise.resolve('again'));
  expect(await again(2)).toBe('first');
  expect(await again(3)).toBe('first');
  expect(await again(1)).toBe('again');
});

it('forgets what has become untrue, and whatever is still being read', async () => {
  const cache = new BoundedCache<string, string>(10, 1000);
  for (const key of ['true', 'untrue']) await cache.get(key, () => Promise.resolve(key));
  let answer!: (value: string) => void;
  const reading = cache.get('read', () => new Promise<string>((resolve) => (answer = resolve)));
  cache.forgetWhere((value) => value === 'untrue');
  answer('read');
  expect(await reading).toBe('read');
  const again = (key: string) => cache.get(key, () => Promise.resolve('again'));
  expect(await Promise.all(['true', 'untrue', 'read'].map(again))).toEqual(['true', 'again', 'again']);
});
