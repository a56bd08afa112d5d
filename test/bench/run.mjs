import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mysql from 'mysql2/promise';
import { places } from '../../scripts/launcher/places.mjs';
import { prepare } from '../../scripts/launcher/prepare.mjs';
import { startServers } from '../../scripts/servers/start-servers.mjs';
import { toldToStop } from '../../scripts/servers/told-to-stop.mjs';
import { contenders } from './contenders.mjs';
import { median, medianTurn } from './figures.mjs';
import { measure } from './measure.mjs';
import { memory } from './process-figures.mjs';
import { pushesPerSecond } from './pushes.mjs';
import { writeReport } from './report.mjs';
import { start } from './start.mjs';

// npm run bench [-- --rounds N --seconds N --connections 64,256 --starts N]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '64,256' },
    starts: { type: 'string', default: '5' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const starts = Number(values.starts);
const connectionCounts = values.connections.split(',').map(Number);

const told = toldToStop({ parent: process.env.npm_lifecycle_event ? 'npm' : null });
const { signal } = told;
const data = mkdtempSync(join(tmpdir(), 'sinkron-bench-'));
const folder = join(places.project, '.local/bench');
mkdirSync(folder, { recursive: true });
const running = [];
let servers;
let code = 0;
try {
  await prepare({ say: console.error, signal });
  servers = await startServers({ data, packages: places.packages, given: {}, say: console.error, signal });
  console.log(await writeReport(await compare()));
} catch (error) {
  code = signal.aborted ? (await told.reason).code || 1 : 1;
  console.error(error.message);
}
await Promise.all(running.map((child) => child.stop(10)));
await servers?.stop();
rmSync(data, { recursive: true, force: true });
process.exit(code);

async function compare() {
  const { databaseUrl, redisUrl, mariadb } = servers;
  const all = await contenders({ databaseUrl, redisUrl, folder, signal });
  const startTimes = await timeStarts(all);
  const up = [];
  for (const contender of all) {
    const { child, url } = await start(contender, { folder, signal });
    running.push(child);
    up.push({ name: contender.name, child, url, headers: await contender.signIn(url) });
  }
  // Until a server has answered some thousands, its figures are those of the compiler.
  const order = { databasePid: mariadb.pid, signal };
  for (const server of up) await measure(server, { ...order, connections: connectionCounts[0], seconds: 8 });
  const load = {};
  for (const connections of connectionCounts) {
    load[connections] = await rotate(up, { ...order, connections, seconds });
  }
  const processes = Object.fromEntries(
    up.map(({ name, child }) => [name, { start: startTimes[name], memory: memory(child.pid) }]),
  );
  const pushes = await pushesPerSecond(all.at(-1), { seconds, folder, signal });
  return { command: command(), versions: await versions(databaseUrl), load, processes, pushes };
}

/** The median start of each, in turns. The first start of all makes tables and fills caches, and does not count. */
async function timeStarts(all) {
  const times = Object.fromEntries(all.map(({ name }) => [name, []]));
  for (let round = 0; round <= starts; round++) {
    for (const contender of all) {
      const { child, seconds } = await start(contender, { folder, signal });
      await child.stop(10);
      if (round > 0) times[contender.name].push(seconds);
    }
    if (round === 0) delete all.find(({ name }) => name === 'obvious').env.SYNCHRONIZE;
  }
  console.error('start times measured');
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Every contender once a round, another one first each time, so that none always runs after the same one. */
async function rotate(up, order) {
  const turns = Object.fromEntries(up.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < up.length; n++) {
      const server = up[(round + n) % up.length];
      const turn = await measure(server, order);
      turns[server.name].push(turn);
      console.error(
        `${order.connections} connections, ${server.name}: ${Math.round(turn.perSecond)} tickets/s`,
      );
    }
  }
  return Object.fromEntries(Object.entries(turns).map(([name, list]) => [name, medianTurn(list)]));
}

function command() {
  return `npm run bench -- --rounds ${rounds} --seconds ${seconds} --connections ${values.connections} --starts ${starts}`;
}

async function versions(databaseUrl) {
  const connection = await mysql.createConnection(databaseUrl);
  const [[{ version }]] = await connection.query('select version() as version');
  await connection.end();
  return [`Node ${process.version.slice(1)}`, version.replace(/-MariaDB.*/, ' (MariaDB)')];
}
