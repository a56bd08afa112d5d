import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * The keys of this machine's demo, made once and kept readable for their owner alone: with other keys, what lies
 * sealed in the database could not be opened any more. One that an earlier version did not have is added to the others.
 * @param {string} path
 * @returns {{ databasePassword: string, secrets: Record<'DATA_KEYS' | 'INDEX_KEYS' | 'TOKEN_KEYS' | 'METRICS_TOKEN' | 'REGISTRY_USER' | 'REGISTRY_PASSWORD', string> }}
 *   `databasePassword`: of the application's user in a private database; the rest are variables
 */
export function demoSecrets(path) {
  const kept = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const ring = () => `k1:${randomBytes(32).toString('base64')}`;
  const all = {
    DATA_KEYS: ring(),
    INDEX_KEYS: ring(),
    TOKEN_KEYS: ring(),
    METRICS_TOKEN: randomBytes(24).toString('hex'),
    REGISTRY_USER: 'demo',
    REGISTRY_PASSWORD: randomBytes(24).toString('hex'),
    databasePassword: randomBytes(24).toString('hex'),
    ...kept,
  };
  writeFileSync(path, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  const { databasePassword, ...secrets } = all;
  return { databasePassword, secrets };
}
