import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Constant } from './constant';

it('is made once and compressed once, for all who ask at once', async () => {
  let made = 0;
  const constant = new Constant('text/plain', () => {
    made += 1;
    return 'halo '.repeat(1_000);
  });
  const asked = ['br', 'br', 'gzip', 'gzip', undefined, undefined].map((header) => constant.variant(header));
  const [br, brAgain, gzip, gzipAgain, plain, plainAgain] = await Promise.all(asked);
  expect(made).toBe(1);
  expect([br!.bytes, gzip!.bytes, plain!.bytes]).toEqual([
    brAgain!.bytes,
    gzipAgain!.bytes,
    plainAgain!.bytes,
  ]);
  expect(br!.bytes).toBe(brAgain!.bytes);
  expect(brotliDecompressSync(br!.bytes)).toEqual(plain!.bytes);
  expect(gunzipSync(gzip!.bytes)).toEqual(plain!.bytes);
  expect(new Set([br!.tag, gzip!.tag, plain!.tag]).size).toBe(3);
});

it('tries again after a failure', async () => {
  let tries = 0;
  const constant = new Constant('text/plain', () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return 'halo';
  });
  await expect(constant.variant('br')).rejects.toThrow('not yet');
  expect((await constant.variant(undefined)).bytes.toString()).toBe('halo');
});
