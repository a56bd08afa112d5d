import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { readDurations } from './duration-profile';
import { indexKeyRing, keyRing, sharingRings } from './key-ring';

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .transform(Number)
    .default(fallback);

/** A comma-separated list, kept as text; `config.ts` takes it apart. */
const list = (isEntry: (entry: string) => boolean, what: string) =>
  z
    .string()
    .refine((text) => splitList(text).every(isEntry), what)
    .default('');

/** The entries of a list of this environment. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** An address, or a network as `10.0.0.0/8`; never everybody. */
function isNetwork(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === undefined) return most > 0;
  return more.length === 0 && /^[0-9]{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= most;
}

/** What a browser sends as `Origin`: scheme, host and port, and nothing after. */
function isOrigin(entry: string): boolean {
  return /^https?:/.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}

const count = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^[1-9]\\d{0,${digits - 1}}$`), `a number from 1, of ${digits} digits at most`)
    .transform(Number);

/**
 * The whole environment, one documented variable each. The table in the README is generated from it
 * (`npm run environment`), and every variable may be given as `<NAME>_FILE`, the path of a file that holds it.
 */
export const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\//, 'a URL that begins with mysql:// or mariadb://')
    .describe(
      'MariaDB 10.11+; `mysql://user:password@host:3306/sinkron` or `?socketPath=/path` for a Unix socket',
    ),
  MIGRATION_DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\//, 'a URL that begins with mysql:// or mariadb://')
    .optional()
    .describe(
      'For `desk migrate` alone: the same schema as a user that may change it, make users and grant; it gives the user ' +
        'of `DATABASE_URL` only what the application needs',
    ),
  DATABASE_POOL: z
    .string()
    .regex(/^\d{1,3}$/, 'a number')
    .transform(Number)
    .default(10)
    .describe('Connections to the database that one process keeps at most'),
  REDIS_URL: z
    .string()
    .regex(/^(rediss?|unix):\/\//, 'a URL that begins with redis://, rediss:// or unix://')
    .describe(
      'Redis 6.2+ or Valkey with `maxmemory-policy noeviction`; `redis://host:6379/0` or `unix:///path/redis.sock?db=0`',
    ),
  DATA_KEYS: keyRing.describe('Keys that seal personal data (AES-256-GCM), newest first'),
  INDEX_KEYS: indexKeyRing.describe(
    'Keys of the blind indexes (HMAC-SHA-256); one, or two while they rotate, one id ending in an odd digit and one in an even',
  ),
  TOKEN_KEYS: keyRing.describe('Keys that sign access tokens, newest first'),
  DURATIONS: z
    .string()
    .refine((text) => readDurations(text) !== null, 'production, demo or JSON of known names')
    .default('production')
    .describe('`production`, `demo`, or JSON that replaces single production values, in milliseconds'),
  HOST: z.string().default('127.0.0.1').describe('Address on which the processes listen'),
  PORT: port(3000).describe('Port of the API'),
  WORKER_PORT: port(3001).describe("Port of the worker's health and metrics"),
  PUBLIC_URL: z
    .url()
    .default('http://127.0.0.1:3000')
    .describe('Where applicants reach the API; printed on receipts as the address of `/cek`'),
  TRUSTED_PROXIES: list(isNetwork, 'addresses or networks like 10.0.0.5,192.168.7.0/24').describe(
    'Addresses or networks, comma-separated, whose `X-Forwarded-For` is believed; empty = nobody',
  ),
  CORS_ORIGINS: list(isOrigin, 'origins like https://desk.example.go.id, without a path').describe(
    'Origins, comma-separated, whose pages may call the API from a browser; empty = none',
  ),
  REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9][0-9]{0,6}$/, 'a number')
    .transform(Number)
    .default(6_000)
    .describe(
      'Requests that one account, or one network that has not signed in, may make in a minute; intake has its own backpressure and is not counted',
    ),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token for `/metrics` from elsewhere than loopback; without it only loopback may read'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least level logged'),
  REGISTRY_URL: z.url().default('http://127.0.0.1:3100').describe('Base URL of the central registry'),
  REGISTRY_LEMBAGA_ID: z
    .string()
    .default('sinkron')
    .describe('Our agency id in the path of the verification service'),
  REGISTRY_USER: z.string().describe('`USER_ID` for the verification service'),
  REGISTRY_PASSWORD: z.string().describe('`PASSWORD` for the verification service'),
  REGISTRY_RATE: count(4)
    .default(50)
    .describe(
      'Calls to the centre a second, all processes together (3.5 M a day, once granted to one agency, is 40)',
    ),
  REGISTRY_BURST: count(4)
    .default(10)
    .describe('So many of these calls may go at once; in any second there are at most rate + burst'),
  REGISTRY_PROCESSES: count(3)
    .default(4)
    .describe(
      'API and worker processes in all: while Redis is away each keeps to its part of `REGISTRY_RATE`',
    ),
  REGISTRY_DAILY_QUOTA: count(9)
    .optional()
    .describe(
      'Readings granted for a day; the last tenth, by the `quotaLimiter` of the answers, is kept for pushes and ' +
        'urgent tickets',
    ),
  REGISTRY_HOURS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'hours such as 07:00-18:00')
    .transform((text) => {
      const [from = '', to = ''] = text.split('-');
      return { from, to };
    })
    .optional()
    .describe(
      'Hours (WIB) in which the centre may be asked, such as `07:00-18:00`: until when code 06 is waited out',
    ),
  DISPATCH_LIMIT: z
    .string()
    .regex(/^\d{1,5}$/, 'a number')
    .transform(Number)
    .default(200)
    .describe('At most so many rows of one kind of work are dispatched to the job queue at a time'),
  URGENCY_THRESHOLD: z
    .string()
    .regex(/^0\.\d{1,3}$/, 'a share such as 0.5')
    .transform(Number)
    .default(0.5)
    .describe(
      "A ticket becomes urgent when it is less likely than this to be done before the applicant's deadline",
    ),
  WORKER_CONCURRENCY: z
    .string()
    .regex(/^\d{1,3}$/, 'a number')
    .transform(Number)
    .default(20)
    .describe(
      'Jobs of one kind that one worker process does at a time; of webhooks, which may hang, as many as `DISPATCH_LIMIT`',
    ),
  WHATSAPP_DRIVER: z
    .enum(['off', 'log', 'cloud'])
    .default('off')
    .describe(
      'How WhatsApp messages leave: `cloud` (the Business Cloud API), `log` (a line in the log, for development), `off`',
    ),
  WHATSAPP_API_URL: z
    .url()
    .default('https://graph.facebook.com/v23.0')
    .describe('Base URL of the Cloud API, with its version'),
  WHATSAPP_PHONE_NUMBER_ID: z
    .string()
    .regex(/^\d{1,32}$/, 'a number')
    .optional()
    .describe('Id of the number that sends; needed for `cloud`'),
  WHATSAPP_TOKEN: z.string().min(8).optional().describe('Access token of the Cloud API; needed for `cloud`'),
  WHATSAPP_APP_SECRET: z
    .string()
    .min(8)
    .optional()
    .describe('Secret by which the webhook of the Cloud API is signed; without it the webhook is shut'),
  WHATSAPP_VERIFY_TOKEN: z
    .string()
    .min(8)
    .optional()
    .describe('Token by which the webhook of the Cloud API is set up'),
  WHATSAPP_RATE: count(4)
    .default(80)
    .describe('WhatsApp messages a second from our number, all workers together'),
  WHATSAPP_USER_SECONDS: count(3)
    .default(6)
    .describe('WhatsApp messages to one user follow each other after so many seconds at the earliest'),
  EMAIL_DRIVER: z
    .enum(['off', 'log', 'smtp'])
    .default('off')
    .describe('How e-mail leaves: `smtp`, `log` (a line in the log, for development), `off`'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'a URL that begins with smtp:// or smtps://')
    .optional()
    .describe('Mail server, such as `smtps://user:password@host:465`; needed for `smtp`'),
  MAIL_FROM: z
    .string()
    .max(320)
    .optional()
    .describe('Sender of e-mail, such as `Sinkron <sinkron@dinas.go.id>`; needed for `smtp`'),
  WEBHOOK_NETWORKS: list(isNetwork, 'addresses or networks like 10.0.0.5,192.168.7.0/24').describe(
    'Private addresses or networks, comma-separated, to which webhooks may go, there also by plain http and on any ' +
      'port; empty = none',
  ),
  HEARTBEAT_URL: z
    .url()
    .optional()
    .describe(
      'Asked (GET) by the worker as long as it works, so that a watcher elsewhere notices its silence',
    ),
  RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'a number of days, at least 1')
    .transform(Number)
    .default(365)
    .describe('Days after the close of a ticket on which its personal data are wiped (docs/privacy.md)'),
  REGISTRY_MOCK_PORT: port(3100).describe('registry-mock: its port'),
  REGISTRY_MOCK_DATABASE_URL: z
    .string()
    .optional()
    .describe(
      'registry-mock: its own database; by default the schema `registry_mock` on the server of `DATABASE_URL`',
    ),
});

export type Environment = z.output<typeof environment>;

/**
 * Reads the environment, files included, and fails with every problem listed at once. Values are never printed.
 * @throws Error whose message names each variable that is missing or wrong and says what it must be.
 */
export function readEnvironment<Name extends keyof Environment>(
  source: NodeJS.ProcessEnv,
  names: readonly Name[],
): Pick<Environment, Name> {
  const decided: Partial<Environment> = {};
  const problems: string[] = [];
  for (const name of names) {
    const file = source[`${name}_FILE`];
    if (file && source[name]) problems.push(`${name} and ${name}_FILE are both set; keep one of them`);
    const value = (file ? readFile(file, name, problems) : source[name]) || undefined;
    const result = environment.shape[name].safeParse(value);
    if (result.success) Object.assign(decided, { [name]: result.data });
    else problems.push(`${name} ${value ? `must be ${result.error.issues[0]?.message}` : 'is missing'}`);
  }
  for (const { name, when } of missingTogether(decided))
    problems.push(`${name} is missing; ${when} needs it`);
  for (const [one, other] of sharingRings(ringsOf(decided))) {
    problems.push(`${one} and ${other} hold the same key; make one for each`);
  }
  if (problems.length > 0) throw new Error(`The environment is not complete:\n  ${problems.join('\n  ')}`);
  return decided as Pick<Environment, Name>;
}

/** What a driver cannot do without. */
function missingTogether(decided: Partial<Environment>): { name: string; when: string }[] {
  const needs = {
    'WHATSAPP_DRIVER=cloud': decided.WHATSAPP_DRIVER === 'cloud' && [
      'WHATSAPP_PHONE_NUMBER_ID' as const,
      'WHATSAPP_TOKEN' as const,
      'WHATSAPP_APP_SECRET' as const,
      'WHATSAPP_VERIFY_TOKEN' as const,
    ],
    'EMAIL_DRIVER=smtp': decided.EMAIL_DRIVER === 'smtp' && ['SMTP_URL' as const, 'MAIL_FROM' as const],
  };
  return Object.entries(needs).flatMap(([when, names]) =>
    (names || []).filter((name) => decided[name] === undefined).map((name) => ({ name, when })),
  );
}

function ringsOf({ DATA_KEYS = [], INDEX_KEYS = [], TOKEN_KEYS = [] }: Partial<Environment>) {
  return { DATA_KEYS, INDEX_KEYS, TOKEN_KEYS };
}

function readFile(path: string, name: string, problems: string[]): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE names a file that cannot be read`);
    return undefined;
  }
}
