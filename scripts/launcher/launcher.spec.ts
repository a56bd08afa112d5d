import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runAll } from './check.mjs';
import { forget, layInMemory } from '../servers/memory.mjs';
import { composeEnvironment, databaseUsers, environmentFile } from './environment.mjs';
import { panel } from './panel.mjs';
import ProgressReporter from './progress-reporter.mjs';
import { silence } from './silence.mjs';

const made = {
  secrets: { DATA_KEYS: 'made', TOKEN_KEYS: 'made' },
  ports: { PORT: '3000', WORKER_PORT: '3001', REGISTRY_MOCK_PORT: '3105' },
  databaseUrl: 'mysql://here/sinkron',
  migrationUrl: 'mysql://root@here/sinkron',
  redisUrl: 'unix://here',
};

describe('the environment of the processes', () => {
  it('takes from the caller what the caller set, by value or by file', () => {
    const { ours } = composeEnvironment(
      { DATA_KEYS: 'given', TOKEN_KEYS_FILE: '/run/token', DURATIONS: '' },
      made,
    );
    expect(ours).toMatchObject({ DATA_KEYS: 'given', TOKEN_KEYS_FILE: '/run/token', DURATIONS: 'demo' });
    expect(ours).not.toHaveProperty('TOKEN_KEYS');
  });

  it('points at its own servers and its own registry, whatever a shell names', () => {
    const { ours } = composeEnvironment({ REGISTRY_URL: 'http://192.0.2.1', PORT: '80' }, made);
    expect(ours).toMatchObject({
      REGISTRY_URL: 'http://127.0.0.1:3105',
      PORT: '3000',
      DATABASE_URL: 'mysql://here/sinkron',
    });
  });

  it('keeps our keys from the registry', () => {
    const { mock } = composeEnvironment({ DATA_KEYS: 'given', TOKEN_KEYS_FILE: '/run/token' }, made);
    expect(Object.keys(mock).filter((name) => /KEYS/.test(name))).toEqual([]);
    expect(mock).not.toHaveProperty('DATABASE_URL');
    expect(mock).toMatchObject({
      REGISTRY_MOCK_PORT: '3105',
      REGISTRY_MOCK_DATABASE_URL: 'mysql://root@here/registry_mock',
    });
  });

  it('lets only whoever migrates be the owner of the database', () => {
    const given = { MIGRATION_DATABASE_URL: 'mysql://given', MIGRATION_DATABASE_URL_FILE: '/run/owner' };
    const { ours, owner, mock } = composeEnvironment(given, made);
    for (const one of [ours, mock])
      expect(Object.keys(one).filter((name) => /MIGRATION/.test(name))).toEqual([]);
    expect(owner).toMatchObject({
      MIGRATION_DATABASE_URL: made.migrationUrl,
      DATABASE_URL: made.databaseUrl,
    });
    expect(environmentFile(owner)).toContain("MIGRATION_DATABASE_URL='mysql://root@here/sinkron'");
  });

  it('makes two users of a private database, and keeps those that the caller names', () => {
    const root = 'mysql://root@localhost/sinkron?socketPath=%2Ftmp%2Fa.sock';
    const own = { databaseUrl: root, isPrivate: true, databasePassword: 'word' };
    expect(databaseUsers({}, own)).toEqual({
      databaseUrl: 'mysql://sinkron:word@localhost/sinkron?socketPath=%2Ftmp%2Fa.sock',
      migrationUrl: root,
    });
    const given = { MIGRATION_DATABASE_URL: 'mysql://owner@db/sinkron' };
    expect(databaseUsers(given, { ...own, databaseUrl: 'mysql://app@db/sinkron', isPrivate: false })).toEqual(
      {
        databaseUrl: 'mysql://app@db/sinkron',
        migrationUrl: 'mysql://owner@db/sinkron',
      },
    );
  });
});

describe('the panel', () => {
  const shown = panel({
    api: 'http://127.0.0.1:3000',
    worker: 'http://127.0.0.1:3001',
    registry: 'http://127.0.0.1:3100',
    durations: 'demo',
    logs: '.local/logs',
    officer: { email: 'petugas@example.org', password: 'pass word' },
    admin: { email: 'admin@example.org', password: 'secret' },
    complaint: { applicant: { name: "Ni'mah" } },
  });

  it('gives a command whose JSON survives the shell', () => {
    expect(shown).toContain(String.raw`-d '{"applicant":{"name":"Ni'\''mah"}}'`);
  });

  it('says how the administrator comes by a one-time code', () => {
    expect(shown).toMatch(/admin@example.org {3}secret .*npm run desk -- totp/);
  });

  it('says that the durations are those of the demo', () => {
    expect(shown).toContain('demo durations');
  });
});

describe('the checks', () => {
  const { signal } = new AbortController();
  const list = [
    { script: 'types' },
    { script: 'build' },
    { script: 'drift', after: 'build' },
    { script: 'format' },
  ];
  const runFailing = async (...failing: string[]) => {
    const ran: string[] = [];
    const said: string[] = [];
    let running = 0;
    let most = 0;
    const run = async ({ script }: { script: string }) => {
      ran.push(script);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      if (failing.includes(script)) throw new Error(`what ${script} complained of`);
    };
    const say = (line: string) => void said.push(line);
    const failed = await runAll(list, { atOnce: 2, run, signal, say });
    return { failed, ran, said, most };
  };

  it('run as many at once as they may, and all of them', async () => {
    const { failed, ran, most } = await runFailing();
    expect(failed).toEqual([]);
    expect(ran.toSorted()).toEqual(['build', 'drift', 'format', 'types']);
    expect(most).toBe(2);
  });

  it('go on after a failure and show what each complained of', async () => {
    const { failed, ran, said } = await runFailing('types', 'format');
    expect(failed).toEqual(['types', 'format']);
    expect(ran).toHaveLength(4);
    for (const script of failed)
      expect(said.join('\n')).toMatch(new RegExp(`✗ ${script} .*\nwhat ${script} complained of`));
  });

  it('leave out what needs a build that failed', async () => {
    const { failed, ran } = await runFailing('build');
    expect(failed).toEqual(['build', 'drift']);
    expect(ran).not.toContain('drift');
  });
});

describe('the folder of a test run', () => {
  const home = mkdtempSync(join(tmpdir(), 'sinkron-launcher-'));
  afterAll(() => rmSync(home, { recursive: true }));
  // As in a fresh clone, where nothing has made the folder above.
  const folder = join(home, 'local/test');

  it('is the same for a second run, and goes with all that is in it, in memory or not', () => {
    const inMemory = layInMemory(folder);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'launcher.json'), '');
    expect(layInMemory(folder)).toBe(inMemory);
    const place = realpathSync(folder);
    expect(readdirSync(place)).toEqual(['launcher.json']);
    forget(folder);
    expect([existsSync(place), readdirSync(dirname(folder))]).toEqual([false, []]);
  });

  it('is made anew where a link leads nowhere', () => {
    symlinkSync(join(home, 'gone'), folder);
    const inMemory = layInMemory(folder);
    expect(lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ?? false).toBe(inMemory);
    expect(existsSync(folder)).toBe(inMemory);
    forget(folder);
    expect(readdirSync(dirname(folder))).toEqual([]);
  });
});

describe('a test run that hangs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sinkron-launcher-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = { path: join(folder, 'libs/a.spec.ts') };
  const other = { path: join(folder, 'libs/b.spec.ts') };
  const test = { ancestorTitles: ['a desk'], title: 'opens' };
  const forEver = new AbortController().signal;

  it('is told from its silence, and by the tests that were running', async () => {
    const progress = join(folder, 'hung.json');
    const reporter = new ProgressReporter({ rootDir: folder }, { progress });
    for (const one of [file, other]) reporter.onTestFileStart(one);
    reporter.onTestCaseStart(file, test);
    expect(await silence(progress, { seconds: 0.1, signal: forEver })).toBe(
      'no test came to an end for 0.1 s; running: libs/a.spec.ts › a desk › opens; libs/b.spec.ts',
    );
  });

  it('is not one in which tests come to an end, however long it takes in all', async () => {
    const progress = join(folder, 'slow.json');
    const reporter = new ProgressReporter({ rootDir: folder }, { progress });
    reporter.onTestFileStart(file);
    let quiet = '';
    const watch = silence(progress, { seconds: 1, signal: forEver }).then((words) => (quiet = words));
    const begun = Date.now();
    while (Date.now() < begun + 1_500) {
      reporter.onTestCaseStart(file, test);
      reporter.onTestCaseResult(file);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(quiet).toBe('');
    reporter.onTestFileResult(file);
    expect(JSON.parse(readFileSync(progress, 'utf8'))).toEqual([]);
    expect(await watch).toBe('no test came to an end for 1 s; running: no test');
  });

  it('is named also when no test has begun', async () => {
    const words = await silence(join(folder, 'none.json'), { seconds: 0.05, signal: forEver });
    expect(words).toBe('no test came to an end for 0.05 s; running: no test');
  });

  it('is not looked for when the run has ended', async () => {
    const ended = AbortSignal.abort();
    await expect(silence(join(folder, 'none.json'), { seconds: 60, signal: ended })).rejects.toThrow(
      'aborted',
    );
  });
});
