import { namesTag, preferredEncoding } from './accepted';

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['GZIP', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br; q=0, *', 'gzip'],
  ['identity', 'identity'],
  ['gzip;q=nonsense', 'identity'],
])('for "%s" sends %s', (header, encoding) => {
  expect(preferredEncoding(header)).toBe(encoding);
});

it.each([
  [undefined, false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"ab"', false],
  ['a', false],
])('If-None-Match %s names the tag: %s', (header, names) => {
  expect(namesTag(header, '"a"')).toBe(names);
});
