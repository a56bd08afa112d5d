import { rmSync, writeFileSync } from 'node:fs';
import { keep, lastLines } from '../servers/child.mjs';
import { startServers } from '../servers/start-servers.mjs';
import { toldToStop } from '../servers/told-to-stop.mjs';
import { composeEnvironment, databaseUsers, environmentFile } from './environment.mjs';
import { panel } from './panel.mjs';
import { places } from './places.mjs';
import { choosePorts } from './ports.mjs';
import { prepare } from './prepare.mjs';
import { processes } from './processes.mjs';
import { progress } from './progress.mjs';
import { demoSecrets } from './secrets.mjs';

/**
 * `npm start`: from a fresh clone to a desk that works, and cleanly back. Ends the process: 0 when told to stop (130
 * by Ctrl-C), 1 when something failed.
 */
export async function start() {
  const say = progress();
  // Without npm in between, who starts us and goes (nohup, a service manager) wants us to stay.
  const told = toldToStop({ parent: process.env.npm_lifecycle_event ? 'npm' : null });
  process.chdir(places.project);
  const stack = {};
  let code = 1;
  try {
    await startAll(stack, say, told.signal);
    const end = await Promise.race([told.reason, firstLoss(stack, say)]);
    if (end.child) console.error(`\n${end.words}.\n${lastLines(end.child.log)}\n`);
    say(`${end.words}: stopping`);
    code = end.code;
  } catch (error) {
    if (told.signal.aborted) code = (await told.reason).code;
    else console.error(`\n${error.message}\n`);
  }
  rmSync(places.environment, { force: true });
  await stack.apps?.stop();
  await stack.servers?.stop();
  process.exit(code);
}

/** Fills `stack` step by step, so that what is there can be stopped at any moment. */
async function startAll(stack, say, signal) {
  const { data, packages, logs } = places;
  say('starting MariaDB and Redis');
  const [servers, prepared] = await Promise.allSettled([
    startServers({ data, packages, logs, say, signal }),
    prepare({ say, signal }),
  ]);
  stack.servers = servers.value;
  for (const outcome of [servers, prepared]) if (outcome.status === 'rejected') throw outcome.reason;

  const ports = await choosePorts(process.env, say);
  const [api, worker, registry] = ['PORT', 'WORKER_PORT', 'REGISTRY_MOCK_PORT'].map(
    (name) => `http://127.0.0.1:${ports[name]}`,
  );
  const { databasePassword, secrets } = demoSecrets(places.secrets);
  const { databaseUrl, redisUrl, mariadb } = stack.servers;
  const users = databaseUsers(process.env, { databaseUrl, isPrivate: mariadb !== null, databasePassword });
  const environment = composeEnvironment(process.env, { secrets, ports, ...users, redisUrl });
  stack.apps = processes(environment, { note: stack.servers.note, signal });
  const { desk, start: startApp } = stack.apps;

  say('bringing the database up to date');
  await desk('migrate');
  say('starting registry-mock');
  await startApp('registry-mock', `${registry}/health/live`);
  say('preparing the demo office and its people');
  const demo = JSON.parse(
    (await desk('demo', '--registry', registry, '--demo-file', places.demo)).trim().split('\n').at(-1),
  );
  say('starting the worker and the API');
  await Promise.all([startApp('worker', `${worker}/health/ready`), startApp('api', `${api}/health/ready`)]);

  const { officer, supervisor, admin, complaint } = demo;
  const told = { api, registry, officer, supervisor, admin };
  writeFileSync(places.demo, `${JSON.stringify(told, null, 2)}\n`, {
    mode: 0o600,
  });
  writeFileSync(places.environment, environmentFile(environment.owner), { mode: 0o600 });
  say('ready');
  console.log(
    panel({ api, worker, registry, durations: environment.ours.DURATIONS, logs, officer, admin, complaint }),
  );
}

/** Starts again what is killed or fails now and then; the first child that cannot be kept ends the stack. */
function firstLoss({ servers, apps }, say) {
  const children = [servers.mariadb, servers.redis, ...apps.running].filter(Boolean);
  for (const child of children) keep(child, { say, note: servers.note });
  return Promise.race(
    children.map(async (child) => ({ child, words: `${child.name} ${(await child.ended).words}`, code: 1 })),
  );
}
