import { mayReadMetrics } from './may-read-metrics';

const token = 'a-token-of-some-length';

it.each([
  ['loopback', '127.0.0.1', {}, true],
  ['loopback in IPv6', '::1', {}, true],
  ['loopback, mapped', '::ffff:127.0.0.1', {}, true],
  ['loopback that forwards for somebody', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, false],
  ['elsewhere', '10.1.2.3', {}, false],
  ['elsewhere with the token', '10.1.2.3', { authorization: `Bearer ${token}` }, true],
  ['elsewhere with another token', '10.1.2.3', { authorization: 'Bearer something-else' }, false],
  ['a Unix socket', undefined, {}, false],
])('%s', (_who, ip, headers, may) => {
  expect(mayReadMetrics({ ip, headers }, token, false)).toBe(may);
});

it('gives nothing for a token when none is set', () => {
  const request = { ip: '10.1.2.3', headers: { authorization: 'Bearer null' } };
  expect(mayReadMetrics(request, null, false)).toBe(false);
});

it('believes the address that a trusted proxy named', () => {
  const headers = { 'x-forwarded-for': '10.1.2.3' };
  expect(mayReadMetrics({ ip: '10.1.2.3', headers }, token, true)).toBe(false);
  expect(mayReadMetrics({ ip: '127.0.0.1', headers }, token, true)).toBe(true);
});
