import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { runToEnd } from '../../scripts/servers/child.mjs';
import { places } from '../../scripts/launcher/places.mjs';

/** @param {string} app a folder of apps/ @returns {string} what Node runs for it */
export const builtApp = (app) => join(places.project, 'dist/apps', app, 'src/main.js');

/**
 * The real API over a schema that is migrated and has one office and one officer, made by the operator's commands.
 * @param {{ databaseUrl: string, redisUrl: string, folder: string, signal: AbortSignal }} bench
 * @returns {Promise<Omit<import('./contenders.mjs').Contender, 'name'>>}
 */
export async function officerOfOurs({ databaseUrl, redisUrl, folder, signal }) {
  const ring = () => `k1:${randomBytes(32).toString('base64')}`;
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    DATA_KEYS: ring(),
    INDEX_KEYS: ring(),
    TOKEN_KEYS: ring(),
    REGISTRY_USER: 'bench',
    REGISTRY_PASSWORD: 'bench',
  };
  const desk = (...command) =>
    runToEnd({
      name: `desk ${command[0]}`,
      argv: [process.execPath, builtApp('desk'), ...command],
      env,
      log: join(folder, 'desk.log'),
      keepOutput: true,
      signal,
    });
  await desk('migrate');
  await desk('offices', 'import', join(places.project, 'docs/examples/offices.csv'));
  const email = 'loket@demo.sinkron.test';
  const officer = ['--name', 'Melati Lestari', '--role', 'officer', '--office', '3319'];
  const told = await desk('officers', 'add', '--email', email, ...officer);
  const password = told.trim().split(' ').at(-1);
  const signIn = async (url) => ({ authorization: `Bearer ${await accessToken(url, { email, password })}` });
  return { program: builtApp('api'), env, health: '/health/ready', signIn };
}

async function accessToken(url, credentials) {
  const response = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (response.status !== 201) throw new Error(`Signing in was answered with ${response.status}`);
  return (await response.json()).accessToken;
}
