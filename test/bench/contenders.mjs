import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import mysql from 'mysql2/promise';
import { officerOfOurs } from './our-desk.mjs';

/**
 * One of the builds that are compared.
 * @typedef {object} Contender
 * @property {'bare' | 'obvious' | 'ours'} name
 * @property {string} program what Node runs; all with the same flags: none
 * @property {Record<string, string>} env
 * @property {string} health answers when it is ready
 * @property {(url: string) => Promise<Record<string, string>>} signIn the headers that its requests need
 */

/**
 * Makes the three ready to start: a schema each on the same MariaDB, keys of their own in the same Redis.
 * @param {{ databaseUrl: string, redisUrl: string, folder: string, signal: AbortSignal }} bench `folder`: under the
 *   project, so that what is compiled into it finds the dependencies
 * @returns {Promise<Contender[]>} the least first, ours last
 */
export async function contenders({ databaseUrl, redisUrl, folder, signal }) {
  const schema = await makeSchemas(databaseUrl, ['bench_bare', 'bench_obvious', 'bench_ours']);
  const program = compileObvious(join(folder, 'obvious'));
  const obvious = { DATABASE_URL: schema.bench_obvious, REDIS_URL: redisUrl, SYNCHRONIZE: 'yes' };
  const ours = await officerOfOurs({ databaseUrl: schema.bench_ours, redisUrl, folder, signal });
  return [
    {
      name: 'bare',
      program: new URL('bare.mjs', import.meta.url).pathname,
      env: { DATABASE_URL: schema.bench_bare },
      health: '/health',
      signIn: async () => ({}),
    },
    { name: 'obvious', program, env: obvious, health: '/health', signIn: async () => ({}) },
    { name: 'ours', ...ours },
  ];
}

async function makeSchemas(databaseUrl, names) {
  const connection = await mysql.createConnection(databaseUrl);
  const urls = {};
  for (const name of names) {
    await connection.query(`create database ${name} character set utf8mb4 collate utf8mb4_bin`);
    const url = new URL(databaseUrl);
    url.pathname = `/${name}`;
    urls[name] = url.toString();
  }
  await connection.end();
  return urls;
}

/** Compiled beforehand, as ours is: a start must not pay for the compiler. */
function compileObvious(into) {
  const from = new URL('obvious/', import.meta.url).pathname;
  mkdirSync(into, { recursive: true });
  for (const file of readdirSync(from)) {
    const { code } = transformFileSync(join(from, file), {
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(into, file.replace(/ts$/, 'js')), code);
  }
  return join(into, 'main.js');
}
