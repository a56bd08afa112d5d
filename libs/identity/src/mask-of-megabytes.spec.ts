import { maskName, maskNumber, maskPhone, maskText } from './mask';

it.each([
  ['digits', '1'.repeat(10_000_000)],
  ['digits and gaps', '1 '.repeat(5_000_000)],
  ['runs that are too short', '123456789012345    '.repeat(500_000)],
  ['gaps', ' '.repeat(10_000_000)],
  ['emoji', '😀'.repeat(2_500_000)],
  ['halves of pairs and NUL', '\ud83d\0'.repeat(5_000_000)],
])('returns from 10 MB of %s', (_, text) => {
  expect(maskText(text)).toHaveLength(text.length);
  expect(maskNumber(text)).toHaveLength(text.length);
  expect(maskPhone(text)).toHaveLength(text.length);
});

it('returns from a name of 10 MB', () => {
  expect(maskName('😀'.repeat(2_500_000))).toBe('😀***');
  expect(maskName(' '.repeat(10_000_000))).toBe('');
  expect(maskName('\ud83d\0'.repeat(5_000_000))).toBe('\ud83d***');
});
