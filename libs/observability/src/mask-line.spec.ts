import { maskLine } from './mask-line';

const hidden = '*'.repeat(16);

it.each([
  ['NIK 3319991212900001 salah', `NIK ${hidden} salah`],
  ['3319 9912 1290 0001', hidden],
  ['3319:9912:1290:0001', hidden],
  ['(3319)(9912)(1290)(0001)', `(${hidden})`],
  ['*3319991212900001*', `*${hidden}*`],
  ['3319\u200b9912\u200b1290\u200b0001', hidden],
  ['3319\u00ad9912\u00ad1290\u00ad0001', hidden],
  ['\u2462\u2462\u2460\u246899121290000\u2460', hidden],
  ['\uff13\uff13\uff11\uff19991212900001', hidden],
  ['33199912129OOOO1', hidden],
  ['33199912129000012345', hidden],
  ['331 of 3, 3319991212900001', `331 of 3, ${hidden}`],
])('hides the identity number in %j', (line, masked) => {
  expect(maskLine(line)).toBe(masked);
});

it.each([
  ['hubungi 08100000001 ya', 'hubungi +62***** ya'],
  ['WA +62 810-0000-001', 'WA +62*****'],
  ['to +628100000001', 'to +62*****'],
  ['"phone":"628100000001"', '"phone":"+62*****"'],
])('hides the phone in %j', (line, masked) => {
  expect(maskLine(line)).toBe(masked);
});

it.each([
  '{"time":"2026-11-28T17:23:03.123Z","ms":62.81234567,"share":0.8123456,"code":1213}',
  '2026-11-28 17:23:03.123 WIB, 2026-11-29 08:00',
  'from 10.20.30.40:54321 to 192.168.100.20:3306',
  'attempt 3 of delivery 01934567-8901-7234-8567-890123456789 for 01934567-8901-7234-8567-890123456780',
  'ticket 7K3M-XQ94-HTRJ, 12 of 400, v10.11.6',
  'job verify:0193a4b5-c6d7-7e8f-9a0b-1c2d3e4f5a6b:12',
])('leaves %j as it is', (line) => {
  expect(maskLine(line)).toBe(line);
});

it.each([
  ['digits', '1'.repeat(10_000_000), hidden],
  ['digits and gaps', '1 '.repeat(5_000_000), `${hidden} `],
  ['runs that are too short', '123456789012345    '.repeat(500_000), '123456789012345    '.repeat(500_000)],
  ['zeros and letters', '0o'.repeat(5_000_000), hidden],
])('returns from 10 MB of %s', (_, line, masked) => {
  expect(maskLine(line) === masked).toBe(true);
});
