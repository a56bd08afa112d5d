import { z } from 'zod';
import { type Durations, durationProfiles } from './durations';
import { type Environment, environment, readEnvironment } from './environment';

export interface Key {
  id: string;
  key: Buffer;
}

/** What the processes decide by; made once at start from the environment, and the only way to it. */
export interface Config {
  databaseUrl: string;
  databasePool: number;
  redisUrl: string;
  dataKeys: Key[];
  indexKeys: Key[];
  tokenKeys: Key[];
  /** `demo` and `custom` are said aloud in `/health/ready`. */
  durationProfile: 'production' | 'demo' | 'custom';
  durations: Durations;
  host: string;
  port: number;
  workerPort: number;
  publicUrl: string;
  trustedProxies: string[];
  metricsToken: string | null;
  logLevel: Environment['LOG_LEVEL'];
  registry: { url: string; lembagaId: string; user: string; password: string };
  offer: number;
  concurrency: number;
}

/** What registry-mock needs: it is another organisation's server, so it never sees our keys. */
export interface RegistryMockConfig {
  databaseUrl: string;
  host: string;
  port: number;
  logLevel: Environment['LOG_LEVEL'];
}

const mockOnly = ['REGISTRY_MOCK_PORT', 'REGISTRY_MOCK_DATABASE_URL'] as const;
const ours = environment.keyof().options.filter((name) => !(mockOnly as readonly string[]).includes(name));

/** @throws Error listing every variable that is missing or wrong */
export function loadConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnvironment(source, ours);
  return {
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    redisUrl: env.REDIS_URL,
    dataKeys: env.DATA_KEYS,
    indexKeys: env.INDEX_KEYS,
    tokenKeys: env.TOKEN_KEYS,
    ...readDurations(env.DURATIONS),
    host: env.HOST,
    port: env.PORT,
    workerPort: env.WORKER_PORT,
    publicUrl: env.PUBLIC_URL.replace(/\/+$/, ''),
    trustedProxies: env.TRUSTED_PROXIES.split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    registry: {
      url: env.REGISTRY_URL.replace(/\/+$/, ''),
      lembagaId: env.REGISTRY_LEMBAGA_ID,
      user: env.REGISTRY_USER,
      password: env.REGISTRY_PASSWORD,
    },
    offer: env.REGISTRY_OFFER,
    concurrency: env.WORKER_CONCURRENCY,
  };
}

/** @throws Error listing every variable that is missing or wrong */
export function loadRegistryMockConfig(source: NodeJS.ProcessEnv = process.env): RegistryMockConfig {
  const common = readEnvironment(source, [...mockOnly, 'HOST', 'LOG_LEVEL']);
  const databaseUrl =
    common.REGISTRY_MOCK_DATABASE_URL ??
    withDatabaseName(readEnvironment(source, ['DATABASE_URL']).DATABASE_URL, 'registry_mock');
  return { databaseUrl, host: common.HOST, port: common.REGISTRY_MOCK_PORT, logLevel: common.LOG_LEVEL };
}

/** The same server and user, another schema. */
export function withDatabaseName(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

const milliseconds = z.int().positive();
const replacements = z
  .strictObject({
    ...(Object.fromEntries(
      Object.keys(durationProfiles.production).map((name) => [name, milliseconds]),
    ) as Record<Exclude<keyof Durations, 'checks' | 'backOff'>, typeof milliseconds>),
    checks: z.array(milliseconds).min(1),
    backOff: z.strictObject({ least: milliseconds, most: milliseconds }),
  })
  .partial();

function readDurations(text: string): Pick<Config, 'durationProfile' | 'durations'> {
  if (text === 'production' || text === 'demo') {
    return { durationProfile: text, durations: durationProfiles[text] };
  }
  try {
    const custom = replacements.parse(JSON.parse(text)) as Partial<Durations>;
    return { durationProfile: 'custom', durations: { ...durationProfiles.production, ...custom } };
  } catch {
    throw new Error(
      'The environment is not complete:\n  DURATIONS must be production, demo or JSON of known names',
    );
  }
}
