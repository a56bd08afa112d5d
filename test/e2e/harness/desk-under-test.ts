import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { IntakeAnswer, LedgerItem, Page, Ticket } from './answers';
import { AppProcess, project, runDesk } from './app-process';
import { type Applicant, complaintOf, newApplicant, residentOf } from './applicants';
import { Caller } from './caller';
import { eventually } from './eventually';
import { type Servers, startServers } from './servers';
import { freePort } from '@sinkron/testing';

// A whole desk starts within a test's own time, on a machine that is busy with other things.
jest.setTimeout(90_000);

/** A day of the desk lasts twelve seconds here; everything else is shortened to fit. */
const shortDurations = {
  day: 12_000,
  pushLimit: 6_000,
  settle: 1_000,
  readings: [500, 1_000, 2_000, 3_000],
  longestReading: 3_000,
  lagRefresh: 500,
  backOff: { least: 200, most: 2_000 },
  registryTimeout: 1_000,
  configurationPause: 2_000,
  hoursPause: 2_000,
  dispatchLease: 1_500,
  lease: 4_000,
  dispatchInterval: 200,
  standstill: 60_000,
  confirmation: 5_000,
  checkpoint: 1_000,
  ladderStep: 3_000,
  acknowledged: 30_000,
  bundle: 300,
  deliveryTimeout: 1_500,
  providerReport: 2_000,
  publishInterval: 200,
  heartbeat: 500,
  heartbeatLimit: 5_000,
  watchdog: 1_000,
};

export interface DeskOptions {
  durations?: Partial<typeof shortDurations>;
  /** How many workers; 1 unless the test needs two at once. */
  workers?: number;
  /** How messages leave: by default they do not. */
  environment?: Record<string, string>;
}

/** The whole product on servers of its own: what it is made of, who speaks to it, and how to make it suffer. */
export interface DeskUnderTest {
  servers: Servers;
  api: AppProcess;
  workers: AppProcess[];
  centre: Centre;
  /** An officer at the counter of Kudus, signed in. */
  officer: Caller;
  /** Somebody who has not signed in. */
  stranger: Caller;
  /** Runs a command of the desk. @returns its standard output */
  command(words: string[], input?: string): Promise<string>;
  /** New people whose old family card the centre still holds. */
  applicants(count: number): Promise<Applicant[]>;
  /** Logs a complaint that must be new. */
  complain(applicant: Applicant): Promise<IntakeAnswer>;
  ticket(code: string): Promise<Ticket>;
  /** Waits until the ticket has this public status. */
  reaches(code: string, status: string, seconds?: number): Promise<Ticket>;
  /** Ends everything, whatever state it is in. */
  stop(): Promise<void>;
}

/** The stand-in central registry: its process and the controls it has for tests. */
export class Centre extends AppProcess {
  /** Steers it; these calls never meet the faults that they set. */
  async admin<Body>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Body> {
    const answer = await new Caller(this.url).send<Body>(method, path, body && JSON.stringify(body));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.body;
  }

  /** Every push that it has received for these people. */
  async ledger(...applicants: Applicant[]): Promise<LedgerItem[]> {
    const { items } = await this.admin<Page<LedgerItem>>('GET', '/admin/ledger?limit=10000');
    return items.filter(({ nik }) => applicants.some((applicant) => applicant.nik === nik));
  }
}

/** The three processes and their servers, not yet started but for MariaDB and Redis. */
export async function emptyDesk({ durations, workers = 1, environment = {} }: DeskOptions = {}) {
  const servers = await startServers();
  const { databaseUrl: owner, redisUrl } = servers;
  // As in earnest: the application can add to the audit and change nothing there.
  const application = Object.assign(new URL(owner), {
    username: 'sinkron',
    password: randomBytes(12).toString('hex'),
  });
  const address = async () => `http://127.0.0.1:${await freePort()}`;
  const api = await address();
  const centre = await address();
  const key = () => `k1:${randomBytes(32).toString('base64')}`;
  const path = { PATH: process.env.PATH };
  const ours = {
    ...path,
    DATABASE_URL: application.toString(),
    REDIS_URL: redisUrl,
    DATA_KEYS: key(),
    INDEX_KEYS: key(),
    TOKEN_KEYS: key(),
    REGISTRY_USER: 'test',
    REGISTRY_PASSWORD: 'test',
    DURATIONS: JSON.stringify({ ...shortDurations, ...durations }),
    PORT: new URL(api).port,
    PUBLIC_URL: api,
    REGISTRY_URL: centre,
    ...environment,
  };
  const workersAt = await Promise.all(Array.from({ length: workers }, address));
  const made = {
    servers,
    api: new AppProcess('api', api, ours),
    workers: workersAt.map(
      (url) => new AppProcess('worker', url, { ...ours, WORKER_PORT: new URL(url).port }),
    ),
    // Another organisation's server: it gets none of our keys.
    centre: new Centre('registry-mock', centre, {
      ...path,
      DATABASE_URL: owner,
      REGISTRY_MOCK_PORT: new URL(centre).port,
    }),
    stranger: new Caller(api),
    command: (words: string[], input?: string) =>
      runDesk({ ...ours, MIGRATION_DATABASE_URL: owner }, words, input),
    async stop() {
      await Promise.all([...made.workers, made.api].map((app) => app.stop()));
      await made.centre.stop();
      await servers.stop();
    },
  };
  return made;
}

/** A desk at work: an officer at an office of the examples in `docs`, and a centre that takes everything in a second. */
export async function startDesk(options: DeskOptions = {}): Promise<DeskUnderTest> {
  const desk = await emptyDesk(options);
  try {
    await Promise.all([desk.command(['migrate']), desk.centre.start()]);
    const { centre } = desk;
    await centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1 });
    await centre.admin('PUT', '/admin/take-rate', { share: 1 });
    await Promise.all([
      installOfficer(desk.command),
      desk.api.start(),
      ...desk.workers.map((worker) => worker.start()),
    ]);
    return withPeople(desk, await signIn(desk.stranger, officer));
  } catch (error) {
    await desk.stop();
    throw error;
  }
}

const officer = { email: 'loket.kudus@dinas.example', password: 'a password of the counter in Kudus' };

/** A file that an operator would import. */
export const example = (name: string): string => join(project, 'docs/examples', name);

async function installOfficer(command: DeskUnderTest['command']): Promise<void> {
  await command(['offices', 'import', example('offices.csv')]);
  const { email, password } = officer;
  const words = ['--email', email, '--name', 'Melati Lestari', '--role', 'officer', '--office', '3319'];
  await command(['officers', 'add', ...words, '--password-stdin'], password);
}

/** @returns the same API, as the officer meets it */
export async function signIn(
  stranger: Caller,
  credentials: { email: string; password: string; otp?: string },
): Promise<Caller> {
  const { status, body } = await stranger.post<{ accessToken: string }>('/v1/sessions', credentials);
  if (status !== 201) throw new Error(`Nobody could sign in: ${status}`);
  return stranger.as(body.accessToken);
}

function withPeople(desk: Awaited<ReturnType<typeof emptyDesk>>, officer: Caller): DeskUnderTest {
  const ticket = async (code: string) => (await officer.get<Ticket>(`/v1/tickets/${code}`)).body;
  return {
    ...desk,
    officer,
    ticket,
    async applicants(count) {
      const people = Array.from({ length: count }, newApplicant);
      await desk.centre.admin('POST', '/admin/residents', {
        residents: people.map((one) => residentOf(one)),
      });
      return people;
    },
    async complain(applicant) {
      const { status, body } = await officer.post<IntakeAnswer>('/v1/tickets', complaintOf(applicant));
      expect(status).toBe(201);
      return body;
    },
    reaches: (code, status, seconds) =>
      eventually(async () => {
        const found = await ticket(code);
        if (found.status === status) return found;
        throw new Error(`${code} is ${found.status} (${found.state}, ${found.reason}), not ${status}`);
      }, seconds),
  };
}
