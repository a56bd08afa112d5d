import { EscalationMoves } from '../moves/escalation-moves';
import { Escalations } from '../moves/escalations';
import { EscalationDesk } from '../testing/escalation-desk';
import { Holders } from './holders';
import { type OfficerChanges, Officers, type OfficerActor, Offices } from '@sinkron/accounts';

let desk: EscalationDesk;
let admin: OfficerActor;
beforeAll(async () => {
  desk = await EscalationDesk.start({ environment: { EMAIL_DRIVER: 'log', WHATSAPP_DRIVER: 'log' } });
  admin = await desk.officer('admin', 'id');
  await desk.officer('supervisor', '3319');
});
afterAll(() => desk.close());

beforeEach(async () => {
  for (const table of ['work', 'delivery', 'delivery_item', 'destination', 'event', 'escalation'])
    await desk.sql(`delete from ${table}`);
});

/** An escalation that this officer has acknowledged. */
async function held(by: OfficerActor): Promise<string> {
  const id = await desk.escalate();
  await desk.app.get(EscalationMoves).acknowledge(by, id);
  return id;
}

const change = (officer: OfficerActor, changes: OfficerChanges) =>
  desk.app.get(Officers, { strict: false }).update(admin, officer.officerId, changes);

async function causes(id: string): Promise<unknown[]> {
  const story = await desk.app.get(Escalations).storyOf(await desk.escalation(id));
  return story.filter(({ kind }) => kind === 'unacknowledged').map(({ data }) => data?.['cause']);
}

const notices = () =>
  desk.sql<{ channel: string }>(`select channel from delivery where template = 'passed_on'`);

it.each<[string, OfficerChanges, number]>([
  ['is disabled, whom nobody can tell', { disabled: true }, 0],
  ['is moved', { office: '33' }, 0],
  ['moves out of reach, and is told', { office: '7171' }, 1],
  ['has another role, and is told', { role: 'auditor' }, 1],
])('goes on without a holder who %s', async (_, changes, told) => {
  await desk.app.get(Offices, { strict: false }).import([
    { code: '71', name: 'Sulawesi Utara', level: 'province', parent: 'id', zone: 'Asia/Makassar' },
    { code: '7171', name: 'Manado', level: 'office', parent: '71', zone: 'Asia/Makassar' },
  ]);
  const holder = await desk.officer('officer', '3319');
  const id = await held(holder);
  const holders = desk.app.get(Holders);
  await holders.lookAtChanged();
  expect((await desk.escalation(id)).state).toBe('acknowledged');
  await change(holder, changes);
  await holders.lookAtChanged();
  await holders.lookAtChanged();
  // Whoever moves up keeps the office in reach.
  const keeps = changes.office === '33';
  expect(await desk.escalation(id)).toMatchObject(
    keeps
      ? { state: 'acknowledged', acknowledgedBy: holder.officerId }
      : { state: 'open', acknowledgedBy: null },
  );
  expect(await causes(id)).toEqual(keeps ? [] : ['rights_withdrawn']);
  expect(await notices()).toHaveLength(told);
  if (keeps) return;
  await desk.work('ladder');
  expect(await desk.story(id)).toContain('step');
});

it('goes on when the office was moved in the tree, by the look at everybody', async () => {
  const above = await desk.officer('supervisor', '33');
  const id = await held(above);
  const offices = desk.app.get(Offices, { strict: false });
  await desk.app.get(Holders).lookAtAll();
  expect((await desk.escalation(id)).state).toBe('acknowledged');
  await offices.update(admin, '3319', { parent: '71' });
  try {
    await desk.app.get(Holders).lookAtAll();
    expect((await desk.escalation(id)).state).toBe('open');
  } finally {
    await offices.update(admin, '3319', { parent: '33' });
  }
});

it('leaves an incident with who may act on incidents, and nobody else', async () => {
  const head = await desk.officer('supervisor', '3319');
  const id = await held(head);
  await desk.sql(`update escalation set incident = 'outage', office_id = null`);
  await desk.app.get(Holders).lookAtAll();
  expect((await desk.escalation(id)).state).toBe('acknowledged');
  await change(head, { role: 'officer' });
  await desk.app.get(Holders).lookAtChanged();
  expect((await desk.escalation(id)).state).toBe('open');
});
