import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { startServers } from './servers/start-servers.mjs';
import { toldToStop } from './servers/told-to-stop.mjs';

// MariaDB and Redis of one's own, whatever DATABASE_URL and REDIS_URL name, for tests and developers:
//   node scripts/servers.mjs --data DIR [--stdin] [--throwaway]
// prints one line of JSON when both answer, and stays until TERM, Ctrl-C, the end of its parent, or, with --stdin,
// the end of its input. With --throwaway they wait for no disk, and a crash of the machine may spoil their data. A
// server that somebody kills meanwhile is not started again: argv and env say how to.

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    stdin: { type: 'boolean', default: false },
    throwaway: { type: 'boolean', default: false },
  },
});
if (!values.data) {
  console.error('usage: node scripts/servers.mjs --data DIR [--stdin] [--throwaway]');
  process.exit(2);
}

const told = toldToStop({ parent: 'direct', stdin: values.stdin });
try {
  const servers = await startServers({
    data: values.data,
    packages: fileURLToPath(new URL('../.local/packages', import.meta.url)),
    given: {},
    throwaway: values.throwaway,
    say: (line) => console.error(line),
    signal: told.signal,
  });
  const described = (child) => child && { pid: child.pid, argv: child.argv, env: child.env };
  const { databaseUrl, redisUrl, mariadb, redis } = servers;
  console.log(
    JSON.stringify({ databaseUrl, redisUrl, mariadb: described(mariadb), redis: described(redis) }),
  );
  const { code } = await told.reason;
  await servers.stop();
  process.exit(code);
} catch (error) {
  if (told.signal.aborted) process.exit((await told.reason).code);
  console.error(error.message);
  process.exit(1);
}
