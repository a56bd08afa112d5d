import fc from 'fast-check';
import { judgeAddress, judgeUrl } from './address-rules';

/** Both judgements of a URL whose host is an address, as `SafeRequest` makes them. */
function judged(text: string, networks: string[] = []): string | null {
  const url = new URL(text);
  return judgeUrl(url) ?? judgeAddress(url, url.hostname.replace(/^\[|\]$/g, ''), networks);
}

const at = (address: string) => judgeAddress(new URL('https://hook.example/'), address, []);

it.each([
  'https://1.1.1.1/',
  'https://1.1.1.1:8443/hook?x=1',
  'https://[2606:4700:4700::1111]/',
  'HTTPS://8.8.8.8:443',
])('%s is called', (url) => {
  expect(judged(url)).toBeNull();
});

it.each([
  ['ftp://1.1.1.1/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://1.1.1.1/', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['http://1.1.1.1/', 'scheme'],
  ['https://user@1.1.1.1/', 'credentials'],
  ['https://user:secret@1.1.1.1/', 'credentials'],
  ['https://:secret@1.1.1.1/', 'credentials'],
  ['https://localhost/', 'host'],
  ['https://LOCALHOST/', 'host'],
  ['https://hook.localhost/', 'host'],
  ['https://hook.example./', 'host'],
  ['https://localhost./', 'host'],
  ['https://1.1.1.1:22/', 'port'],
  ['https://1.1.1.1:80/', 'port'],
])('%s is not called: %s', (url, reason) => {
  expect(judged(url)).toBe(reason);
});

it.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://127.0.0.1./',
  'https://%31%32%37.0.0.1/',
  'https://１２７.0.0.1/',
  'https://127。0。0。1/',
  'https://0/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:8.8.8.8]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2002:a00:1::1]/',
  'https://[2001:0:7f00:1::]/',
])('%s is one more spelling of an address that is not public', (url) => {
  expect(judged(url)).toBe('private');
});

it.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '100::1',
  '2001:db8::1',
  '3fff::1',
  '5f00::1',
  '::ffff:0:7f00:1',
  'no address',
])('%s is not globally reachable', (address) => {
  expect(at(address)).toBe('private');
});

it('every address of the private networks is refused, in every wrapping', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const inside = fc.oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  );
  fc.assert(
    fc.property(inside, (octets) => {
      const dotted = octets.join('.');
      const hex = octets.map((one) => one.toString(16).padStart(2, '0')).join('');
      const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`;
      const wrapped = [`::ffff:${dotted}`, `::${dotted}`, `64:ff9b::${dotted}`, `2002:${groups}::1`];
      return [dotted, ...wrapped].every((address) => at(address) === 'private');
    }),
  );
});

it('inside our own networks plain http and any port will do, and nothing beside them', () => {
  const networks = ['10.1.0.0/16', '192.168.7.5', 'fd00:1::/32', '::1'];
  for (const url of [
    'http://10.1.2.3:9000/',
    'https://192.168.7.5/',
    'http://[fd00:1::9]/',
    'http://[::1]:81/',
  ])
    expect(judged(url, networks)).toBeNull();
  for (const url of [
    'https://10.2.0.1/',
    'https://192.168.7.6/',
    'https://[fd00:2::9]/',
    'https://[::ffff:10.1.2.3]/',
  ])
    expect(judged(url, networks)).toBe('private');
  expect(judged('http://user@10.1.2.3/', networks)).toBe('credentials');
  expect(judged('ftp://10.1.2.3/', networks)).toBe('scheme');
});
