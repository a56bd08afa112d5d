// What we depend on: a bill of materials (CycloneDX, .local/sbom.json) that holds every package that running needs,
// licences that go with ours, a lock file that names only npm, and known faults where a database of them can be
// reached. `retire` and `npm audit` ask servers outside; where those do not answer, that is said.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** idn-area-data: its code is MIT; its data are ODbL, with the attribution in libs/identity/NOTICE.md. */
function licencesOf({ licenses = [] }) {
  const named = licenses.map(
    ({ license, expression }) => license?.id ?? expression ?? license?.name ?? 'unknown',
  );
  return named.flatMap((text) => text.replace(/[()]/g, '').split(/ AND | OR /));
}

const sbom = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
);
mkdirSync('.local', { recursive: true });
writeFileSync('.local/sbom.json', `${JSON.stringify(sbom, null, 2)}\n`);
const missing = missingFrom(sbom);
for (const name of missing) console.error(`${name}: not in the bill of materials`);

const odd = sbom.components.filter((component) => licencesOf(component).some((name) => !allowed.has(name)));
for (const { name, version, ...rest } of odd)
  console.error(`${name}@${version}: licence ${licencesOf(rest).join(', ')}`);

const lock = spawnSync(
  'npx',
  [
    'lockfile-lint',
    '--path',
    'package-lock.json',
    '--type',
    'npm',
    '--validate-https',
    '--allowed-hosts',
    'npm',
  ],
  { encoding: 'utf8' },
);
if (lock.status !== 0) console.error(lock.stdout + lock.stderr);

const faults = [
  outside('retire', ['--path', '.', '--severity', 'medium', '--exitwith', '13'], 13),
  outside('npm', ['audit', '--omit=dev', '--audit-level=high'], 1),
];

if (missing.length > 0 || odd.length > 0 || lock.status !== 0 || faults.includes('found')) process.exit(1);
console.log(
  `${sbom.components.length} packages in .local/sbom.json; licences and lock file are in order; faults: ${faults.join(', ')}.`,
);

/** The packages that the lock file installs without development, as `name@version`, that the bill does not name. */
function missingFrom({ components }) {
  const named = new Set(
    components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`),
  );
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path && !dev && !devOptional && !optional)
    .map(([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`)
    .filter((name) => !named.has(name));
}

/** `found` when the tool names faults, `not answered` when its server does not answer. */
function outside(tool, args, foundStatus) {
  const [command, list] = tool === 'npm' ? ['npm', args] : ['npx', [tool, ...args]];
  // Under `npm run --silent` a nested npm would not even say that its server did not answer.
  const env = { ...process.env, npm_config_loglevel: 'error' };
  const run = spawnSync(command, list, { encoding: 'utf8', timeout: 60_000, env });
  const said = `${run.stdout}${run.stderr}`;
  const unreachable =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|audit endpoint|not implemented|E40\d|E50\d/.test(said);
  if (run.status === 0 && !unreachable) return `${tool} clean`;
  if (run.status === foundStatus && !unreachable) {
    console.error(said);
    return 'found';
  }
  return `${tool} not answered`;
}
