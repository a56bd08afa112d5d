import type { CheckName, Finding } from './checks';
import { judge } from './health';

const well: Record<CheckName, Finding> = {
  database: { status: 'ok' },
  migrations: { status: 'ok' },
  redis: { status: 'ok' },
  redisPolicy: { status: 'ok' },
  worker: { status: 'ok' },
  ladder: { status: 'ok' },
};

it.each<[Partial<Record<CheckName, Finding>>, string]>([
  [{}, 'ready'],
  [{ redis: { status: 'away' }, redisPolicy: { status: 'away' } }, 'degraded'],
  [{ redisPolicy: { status: 'degraded' } }, 'degraded'],
  [{ worker: { status: 'degraded' } }, 'degraded'],
  [{ migrations: { status: 'away' } }, 'unavailable'],
  [{ database: { status: 'away' } }, 'unavailable'],
])('judges %j as %s where the database is needed', (found, status) => {
  expect(judge({ ...well, ...found }, ['database', 'migrations'])).toBe(status);
});
