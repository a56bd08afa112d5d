import { isConflict, isDatabaseAway } from './failures';

it.each([1021, 1040, 1047, 1053, 1129, 1203, 1290, 1792, 1836, 1927, 4031])(
  'takes error %i for a database that is away, also where TypeORM wrapped it',
  (errno) => {
    const driverError = Object.assign(new Error('refused'), { errno });
    const wrapped = Object.assign(new Error('query failed'), { driverError });
    expect([isDatabaseAway(driverError), isDatabaseAway(wrapped)]).toEqual([true, true]);
  },
);

it.each([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])('takes %s for a database that is away', (code) => {
  expect(isDatabaseAway(Object.assign(new Error('no network'), { code }))).toBe(true);
});

it.each([1062, 1064, 1213])('takes error %i for no absence', (errno) => {
  const error = Object.assign(new Error('answered'), { errno });
  expect([isDatabaseAway(error), isConflict(error)]).toEqual([false, errno === 1213]);
});
