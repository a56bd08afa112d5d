import { acceptCorrelationId, correlationId, newCorrelationId } from './correlation';
import { maskLine } from './mask-line';

const readable = '0b9df00d-c0de-4bad-8ace-deadbeefcafe';

it.each([
  ['sixteen digits across the hyphens', '01934567-8901-4234-8567-890123456789'],
  ['thirteen digits in a row', 'abcdef01-2345-4678-9012-abcdefabcdef'],
  ['a phone of Indonesia', '08123456-1234-4abc-8def-abcdefabcdef'],
])('draws again an id that the log would take for a number: %s', (_, looksLikeOne) => {
  const drawn = [looksLikeOne, looksLikeOne, readable];
  expect(newCorrelationId(() => drawn.shift()!)).toBe(readable);
  expect(drawn).toEqual([]);
});

it('never gives an id that the log would mask', () => {
  for (let n = 0; n < 20_000; n++) {
    const id = newCorrelationId();
    if (maskLine(`{"correlationId":"${id}"}`) !== `{"correlationId":"${id}"}`) throw new Error(id);
  }
  expect(maskLine(correlationId())).not.toContain('*');
});

it.each([readable, 'abc-12345', 'trace-1234567890'])('keeps %j as it was sent', (sent) => {
  expect(acceptCorrelationId(sent)).toBe(sent);
});

it.each(['3319991212900001', '3319-9912-1290-0001', '081000000011', 'short', 'a b c d e f g', 7, undefined])(
  'makes another one for %j',
  (sent) => expect(acceptCorrelationId(sent)).toMatch(/^[0-9a-f]{8}-/),
);
