import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { places } from '../../scripts/launcher/places.mjs';
import { prepare } from '../../scripts/launcher/prepare.mjs';
import { startServers } from '../../scripts/servers/start-servers.mjs';
import { toldToStop } from '../../scripts/servers/told-to-stop.mjs';
import { centreFaults, faultsOf } from './faults.mjs';
import { applicants, residentOf, steadyLoad } from './load.mjs';
import { openProduct } from './product.mjs';
import { chance } from './random.mjs';
import { tableOf, writeInto } from './report.mjs';
import { quiet, stories, verdict } from './verdict.mjs';

// npm run chaos [-- --minutes N --rate N --pause SECONDS --seed N --no-report]
// Ends with 0 when nothing was lost, done twice or left alone.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '4' },
    pause: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    'no-report': { type: 'boolean', default: false },
  },
});
const [minutes, rate, pause, seed] = ['minutes', 'rate', 'pause', 'seed'].map((name) => Number(values[name]));
/** After the last fault a ticket may wait for a lease, a back-off and a few readings. */
const patience = 240;

const told = toldToStop({ parent: process.env.npm_lifecycle_event ? 'npm' : null });
const { signal } = told;
const data = mkdtempSync(join(tmpdir(), 'sinkron-chaos-'));
const folder = join(places.project, '.local/chaos');
mkdirSync(folder, { recursive: true });
let servers;
let product;
let code = 1;
try {
  await prepare({ say: console.error, signal });
  servers = await startServers({
    data,
    packages: places.packages,
    logs: folder,
    given: {},
    say: console.error,
    signal,
  });
  product = await openProduct({ servers, folder, signal });
  const run = await runWithFaults();
  const table = tableOf(run);
  console.log(table);
  for (const [at, answer] of run.odd) console.error(`complaint ${at} was answered ${answer}`);
  if (!values['no-report']) await writeInto(join(places.project, 'docs/reliability.md'), table);
  code = run.losses.every(({ found }) => found === 0) ? 0 : 1;
  if (code !== 0) console.error(JSON.stringify(await stories(product), null, 1));
} catch (error) {
  if (signal.aborted) code = (await told.reason).code || 1;
  console.error(error.stack);
}
await product?.stop();
await servers?.stop();
rmSync(data, { recursive: true, force: true });
process.exit(code);

async function runWithFaults() {
  const people = applicants(seed, Math.round(minutes * 60 * rate));
  const credentials = await setUp(people);
  const load = steadyLoad({ api: product.api, people, rate, credentials, signal });
  const begun = performance.now();
  const survived = await strikeUntil(begun + minutes * 60_000);
  await load.done;
  const seconds = (performance.now() - begun) / 1000;
  await admin('PUT', '/admin/faults', {});
  const quietSeconds = await quiet({ databaseUrl: product.databaseUrl, seconds: patience, signal });
  const losses = await verdict({ product, answered: load.answered, people });
  const command = `npm run chaos -- --minutes ${minutes} --rate ${rate} --pause ${pause} --seed ${seed}`;
  const messages = product.messages.length;
  const counts = { complaints: people.length, tries: load.tries(), odd: load.odd, messages };
  return { command, seconds, quietSeconds, ...counts, survived, losses };
}

/** Starts every process and gives the centre its residents and its own faults. @returns who signs in */
async function setUp(people) {
  const { apps, desk } = product;
  await desk('migrate');
  await apps.centre.start();
  await admin('PUT', '/admin/lag', { kind: 'lognormal', medianSeconds: 2, sigma: 0.5 });
  await admin('PUT', '/admin/take-rate', { share: 1 });
  for (let at = 0; at < people.length; at += 1_000) {
    await admin('POST', '/admin/residents', { residents: people.slice(at, at + 1_000).map(residentOf) });
  }
  await admin('PUT', '/admin/faults', centreFaults);
  await desk('offices', 'import', join(places.project, 'docs/examples/offices.csv'));
  const email = 'loket@demo.sinkron.test';
  const officer = ['--name', 'Melati Lestari', '--role', 'officer', '--office', '3319'];
  const words = await desk('officers', 'add', '--email', email, ...officer);
  await Promise.all([apps.api.start(), apps.workerA.start(), apps.workerB.start()]);
  return { email, password: words.trim().split(' ').at(-1) };
}

/** One fault after the other, in decks so that each has its turn; two may overlap, but never at the same target. */
async function strikeUntil(end) {
  const random = chance(seed);
  const faults = faultsOf({ product, servers, random, signal });
  const survived = new Map();
  const underWay = new Map();
  let deck = [];
  while (performance.now() < end) {
    if (deck.length === 0) deck = random.shuffled(faults);
    const fault = deck.find(({ target }) => !underWay.has(target));
    if (fault) {
      deck.splice(deck.indexOf(fault), 1);
      console.error(`${new Date().toISOString().slice(11, 19)} ${fault.name}`);
      const over = fault.strike().then(() => survived.set(fault.name, (survived.get(fault.name) ?? 0) + 1));
      underWay.set(
        fault.target,
        over.finally(() => underWay.delete(fault.target)),
      );
    }
    await sleep(random.between(0.5, 1.5) * pause * 1000, undefined, { signal });
  }
  await Promise.all(underWay.values());
  return survived;
}

/** One of the centre's controls; only those that write are used here. */
async function admin(method, path, body) {
  for (let attempt = 1; ; attempt++) {
    try {
      const order = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(product.centre + path, { ...order, signal: AbortSignal.timeout(20_000) });
      if (response.ok) return;
      throw new Error(`${method} ${path}: ${response.status}`);
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1_000, undefined, { signal });
    }
  }
}
