import { connect, createServer } from 'node:net';
import { Test } from '@nestjs/testing';
import { Consumers } from './consumers';
import { handledWork } from './handlers';
import { PeriodicTasks } from './periodic-tasks';
import { WorkerModule } from './worker.module';
import { createLogger } from '@sinkron/observability';
import { freePort, testDatabase } from '@sinkron/testing';

it('logs that Redis is away by its own log alone, once for each connection', async () => {
  const port = await freePort();
  const db = await testDatabase({ environment: { REDIS_URL: `redis://127.0.0.1:${port}` } });
  const printed = jest.spyOn(console, 'error').mockReturnValue();
  const lines: { msg: string; what?: string }[] = [];
  const target = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) };
  const module = Test.createTestingModule({
    imports: [WorkerModule.forRoot(db.config, createLogger('worker', 'warn', target))],
  });
  const worker = await module.overrideProvider(PeriodicTasks).useValue({}).compile();
  await worker.init();
  const failed = () => lines.filter(({ msg }) => msg === 'A connection failed').map(({ what }) => what);
  // A consumer has a connection of its own, which is tried again and again.
  const all = ['redis', 'redis of the workers', ...handledWork.map(({ name }) => `worker ${name}`)];
  while (!all.every((what) => failed().includes(what))) await new Promise((wait) => setTimeout(wait, 20));

  expect(printed).not.toHaveBeenCalled();
  expect(new Set(failed()).size).toBe(failed().length);
  printed.mockRestore();
  // A consumer does not close before Redis is there.
  const redis = redisAt(port);
  await worker.get(Consumers).close();
  await worker.close();
  redis.close();
  await db.close();
});

function redisAt(port: number) {
  const url = new URL(process.env['REDIS_URL'] ?? '');
  const there =
    url.protocol === 'unix:'
      ? { path: decodeURIComponent(url.pathname) }
      : { host: url.hostname, port: Number(url.port) || 6379 };
  return createServer((near) => {
    const far = connect(there);
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  }).listen(port, '127.0.0.1');
}
