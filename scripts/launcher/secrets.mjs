import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * The keys of this machine's demo, made once and kept readable for their owner alone: with other keys, what lies
 * sealed in the database could not be opened any more.
 * @param {string} path
 * @returns {Record<'DATA_KEYS' | 'INDEX_KEYS' | 'TOKEN_KEYS' | 'METRICS_TOKEN', string>}
 */
export function demoSecrets(path) {
  if (!existsSync(path)) {
    const ring = () => `k1:${randomBytes(32).toString('base64')}`;
    const secrets = {
      DATA_KEYS: ring(),
      INDEX_KEYS: ring(),
      TOKEN_KEYS: ring(),
      METRICS_TOKEN: randomBytes(24).toString('hex'),
    };
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}
