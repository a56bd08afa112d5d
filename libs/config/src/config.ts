import { type DurationProfile, readDurations } from './duration-profile';
import { environment, type Environment, readEnvironment, splitList } from './environment';
import type { Key } from './key-ring';

/** How the centre is reached, and how much may be asked of it. */
export interface RegistryConfig {
  url: string;
  lembagaId: string;
  user: string;
  password: string;
  /** Calls a second, all processes together. */
  rate: number;
  burst: number;
  /** Among so many processes the rate is divided while Redis is away. */
  processes: number;
  dailyQuota: number | null;
  /** Times of day in WIB. */
  hours: { from: string; to: string } | null;
}

/** How messages leave; what a driver needs is there when it is chosen. */
export interface MessagingConfig {
  whatsapp: {
    driver: Environment['WHATSAPP_DRIVER'];
    apiUrl: string;
    phoneNumberId: string;
    token: string;
    /** Null: the webhook is shut. */
    appSecret: string | null;
    verifyToken: string | null;
    /** Messages a second. */
    rate: number;
    /** Seconds between two messages to one user. */
    userSeconds: number;
  };
  email: { driver: Environment['EMAIL_DRIVER']; smtpUrl: string; from: string };
  /** Private networks to which webhooks may go. */
  webhookNetworks: string[];
  heartbeatUrl: string | null;
}

/** What the processes decide by; made once at start from the environment, and the only way to it. */
export interface Config extends DurationProfile {
  databaseUrl: string;
  /** For `desk migrate` alone: a user that may change the schema and grant. */
  migrationDatabaseUrl: string | null;
  databasePool: number;
  redisUrl: string;
  dataKeys: Key[];
  indexKeys: Key[];
  tokenKeys: Key[];
  host: string;
  port: number;
  workerPort: number;
  publicUrl: string;
  trustedProxies: string[];
  corsOrigins: string[];
  requestsPerMinute: number;
  metricsToken: string | null;
  logLevel: Environment['LOG_LEVEL'];
  registry: RegistryConfig;
  /** A ticket with less than this chance, of 1, of being done before the applicant's deadline is urgent. */
  urgencyThreshold: number;
  dispatchLimit: number;
  concurrency: number;
  /** Whole days after a ticket's close. */
  retentionDays: number;
  messaging: MessagingConfig;
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
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL ?? null,
    databasePool: env.DATABASE_POOL,
    redisUrl: env.REDIS_URL,
    dataKeys: env.DATA_KEYS,
    indexKeys: env.INDEX_KEYS,
    tokenKeys: env.TOKEN_KEYS,
    ...(readDurations(env.DURATIONS) as DurationProfile),
    host: env.HOST,
    port: env.PORT,
    workerPort: env.WORKER_PORT,
    publicUrl: env.PUBLIC_URL.replace(/\/+$/, ''),
    trustedProxies: splitList(env.TRUSTED_PROXIES),
    corsOrigins: splitList(env.CORS_ORIGINS),
    requestsPerMinute: env.REQUESTS_PER_MINUTE,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    registry: {
      url: env.REGISTRY_URL.replace(/\/+$/, ''),
      lembagaId: env.REGISTRY_LEMBAGA_ID,
      user: env.REGISTRY_USER,
      password: env.REGISTRY_PASSWORD,
      rate: env.REGISTRY_RATE,
      burst: env.REGISTRY_BURST,
      processes: env.REGISTRY_PROCESSES,
      dailyQuota: env.REGISTRY_DAILY_QUOTA ?? null,
      hours: env.REGISTRY_HOURS ?? null,
    },
    urgencyThreshold: env.URGENCY_THRESHOLD,
    dispatchLimit: env.DISPATCH_LIMIT,
    concurrency: env.WORKER_CONCURRENCY,
    retentionDays: env.RETENTION_DAYS,
    messaging: {
      whatsapp: {
        driver: env.WHATSAPP_DRIVER,
        apiUrl: env.WHATSAPP_API_URL.replace(/\/+$/, ''),
        phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID ?? '',
        token: env.WHATSAPP_TOKEN ?? '',
        appSecret: env.WHATSAPP_APP_SECRET ?? null,
        verifyToken: env.WHATSAPP_VERIFY_TOKEN ?? null,
        rate: env.WHATSAPP_RATE,
        userSeconds: env.WHATSAPP_USER_SECONDS,
      },
      email: { driver: env.EMAIL_DRIVER, smtpUrl: env.SMTP_URL ?? '', from: env.MAIL_FROM ?? '' },
      webhookNetworks: splitList(env.WEBHOOK_NETWORKS),
      heartbeatUrl: env.HEARTBEAT_URL ?? null,
    },
  };
}

/** @throws Error listing every variable that is missing or wrong */
export function loadRegistryMockConfig(source: NodeJS.ProcessEnv = process.env): RegistryMockConfig {
  const own = Boolean(source['REGISTRY_MOCK_DATABASE_URL'] ?? source['REGISTRY_MOCK_DATABASE_URL_FILE']);
  const shared = own ? [] : (['DATABASE_URL'] as const);
  const env = readEnvironment(source, [...mockOnly, 'HOST', 'LOG_LEVEL', ...shared]);
  const databaseUrl = env.REGISTRY_MOCK_DATABASE_URL ?? withDatabaseName(env.DATABASE_URL, 'registry_mock');
  return { databaseUrl, host: env.HOST, port: env.REGISTRY_MOCK_PORT, logLevel: env.LOG_LEVEL };
}

/** The same server and user, another schema. */
export function withDatabaseName(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
