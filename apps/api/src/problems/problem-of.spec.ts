import { problemOf } from './problem-of';

it('blames a caller who hung up on the caller, and a lost database on us', () => {
  const coded = (message: string) => Object.assign(new Error(message), { code: 'ECONNRESET' });
  expect(problemOf(coded('aborted')).status).toBe(400);
  expect(problemOf(coded('read ECONNRESET')).status).toBe(503);
});

it('tells nothing of what nobody foresaw', () => {
  const secret = '3319991502650001';
  for (const thrown of [new Error(secret), { statusCode: 404, message: secret }, secret, null]) {
    const problem = problemOf(thrown);
    expect([problem.status, JSON.stringify(problem)]).toEqual([500, expect.not.stringContaining(secret)]);
  }
});
