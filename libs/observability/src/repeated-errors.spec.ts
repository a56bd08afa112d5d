import { createLogger } from './logger';
import { RepeatedErrors } from './repeated-errors';

const lines: { what: string; times?: number; err: { message: string } }[] = [];
const target = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) };
const refused = (text: string) => Object.assign(new Error(text), { code: 'ECONNREFUSED' });

beforeEach(() => {
  jest.useFakeTimers();
  lines.length = 0;
});
afterEach(() => jest.useRealTimers());

it('logs the first at once, what follows once a minute with its count, and then nothing', () => {
  const failed = new RepeatedErrors(createLogger('test', 'warn', target)).listener('redis');
  for (let time = 0; time < 11_080; time++) failed(refused('away'));
  expect(lines).toMatchObject([{ what: 'redis', err: { message: 'away' } }]);
  jest.advanceTimersByTime(60_000);
  expect(lines.slice(1)).toMatchObject([{ what: 'redis', times: 11_079 }]);
  failed(refused('away still'));
  jest.advanceTimersByTime(60_000);
  expect(lines.slice(2)).toMatchObject([{ times: 1, err: { message: 'away still' } }]);
  jest.advanceTimersByTime(3_600_000);
  expect(lines).toHaveLength(3);
  failed(refused('away again'));
  expect(lines).toHaveLength(4);
});

it('tells kinds and places apart, and masks what they say', () => {
  const errors = new RepeatedErrors(createLogger('test', 'warn', target));
  errors.listener('redis')(refused('away'));
  errors.listener('redis')(new TypeError('garbage 3319990101900001'));
  errors.listener('queue')(refused('away'));
  expect(lines.map(({ what, err }) => [what, err.message])).toEqual([
    ['redis', 'away'],
    ['redis', 'garbage ****************'],
    ['queue', 'away'],
  ]);
});
