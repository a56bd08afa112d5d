import { similarity } from './similarity';

it.each([
  ['Siti Aminah', ' siti   AMINAH ', 100],
  ['', '', 100],
  ['SITI', '', 0],
  ['ABCD', 'WXYZ', 0],
  ['MUHAMMAD', 'MOHAMAD', 75],
  ['MOHAMAD', 'MUHAMMAD', 75],
])('compares %j with %j: %d', (one, other, score) => {
  expect(similarity(one, other)).toBe(score);
});

it('says 100 only for equal texts, however long', () => {
  expect(similarity(`${'A'.repeat(199)}B`, 'A'.repeat(200))).toBe(99);
});
