import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Command } from './command';
import { DemoCentre } from './demo-centre';
import { demoColleagues, demoContacts, demoOfficers, demoOffices, demoSignIns } from './demo-offices';
import { complaintOf, demoPeople, type DemoPerson, namedPeople } from './demo-people';
import { type Desk, openDesk } from './desk';
import { Failure } from './failure';
import { type Actor, generatePassword } from '@sinkron/accounts';
import { z } from 'zod';

/** How many people are asked about before the demo takes one who has been brought up to date already. */
const mostAsked = 20;

/**
 * `demo`: offices, officers and contacts here, residents at registry-mock. Whatever is there already stays, so that
 * a second start finds the desk as it was left. The last line printed is JSON: who may sign in, and a complaint.
 */
export const demo: Command = async (config, args, { print, progress }) => {
  const options = { registry: { type: 'string' }, 'demo-file': { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const { registry, 'demo-file': demoFile } = values;
  if (!registry || !URL.canParse(registry)) throw new Failure(['Name the registry: --registry URL']);
  const desk = await openDesk(config);
  try {
    const signIns = await seedDesk(desk, demoFile);
    progress('offices, officers and contacts are there');
    const complaint = await seedCentre(new DemoCentre(registry, config.registry), progress);
    print(JSON.stringify({ ...signIns, complaint }));
  } finally {
    await desk.close();
  }
};

async function seedDesk(desk: Desk, demoFile: string | undefined) {
  await desk.offices.import(demoOffices);
  const operator = await desk.operator();
  await desk.officerImport.run(operator, demoOfficers);
  await desk.contacts.import(operator, demoContacts);
  const last = demoFile ? readSignIns(demoFile) : {};
  const officer = await ensurePassword(desk, operator, demoSignIns.officer, last.officer?.password);
  const supervisor = await ensureBoth(desk, operator, demoSignIns.supervisor, last.supervisor);
  const admin = await ensureBoth(desk, operator, demoSignIns.admin, last.admin);
  for (const email of demoColleagues) await ensurePassword(desk, operator, email, officer.password);
  return { officer, supervisor, admin };
}

/** The same with a second factor, which those who need one have from the beginning. */
async function ensureBoth(desk: Desk, operator: Actor, email: string, last: SignIn | undefined) {
  const told = await ensurePassword(desk, operator, email, last?.password);
  const { id } = await desk.officers.findByEmail(operator, email);
  const totpSecret = await desk.officerAccess.installFactor(operator, id, last?.totpSecret);
  return { ...told, totpSecret };
}

/** The given password, or a new one, is the officer's from now on; one that fits already ends no session. */
async function ensurePassword(desk: Desk, operator: Actor, email: string, password = generatePassword()) {
  if ((await desk.credentials.check(email, password)) === null) {
    const { id } = await desk.officers.findByEmail(operator, email);
    await desk.officers.update(operator, id, { password, disabled: false });
  }
  return { email, password };
}

async function seedCentre(centre: DemoCentre, progress: (line: string) => void) {
  await centre.settle();
  const people = demoPeople();
  const isSeeded = (await centre.isInStep(people.at(-1)!)) !== null;
  if (isSeeded) progress('the residents are registered already');
  else await centre.register([...namedPeople, ...people], progress);
  return complaintOf(await findOutOfStep(centre, people));
}

/** Another one each time, so that a second start does not hand out the complaint of the first. */
async function findOutOfStep(centre: DemoCentre, people: readonly DemoPerson[]): Promise<DemoPerson> {
  const candidates = people.filter(({ previousKk }) => previousKk !== null);
  const first = randomInt(candidates.length);
  for (let n = 0; n < mostAsked; n++) {
    const person = candidates[(first + n) % candidates.length]!;
    if ((await centre.isInStep(person)) === false) return person;
  }
  return candidates[first]!;
}

const signIn = z.object({ password: z.string().min(12), totpSecret: z.string().length(32).optional() });
type SignIn = z.output<typeof signIn>;
const signInFile = z
  .object({ officer: signIn.optional(), supervisor: signIn.optional(), admin: signIn.optional() })
  .catch({});

/** What the last start told; a file that is missing or was changed tells nothing. */
function readSignIns(path: string): z.output<typeof signInFile> {
  try {
    return signInFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
