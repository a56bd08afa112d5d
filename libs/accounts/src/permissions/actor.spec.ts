import { type Actor, outsideActor, systemActor } from './actor';
import { may, permissions } from './permissions';
import { actedBy } from '@sinkron/audit';
import { type Office, OfficeTree } from '@sinkron/offices';

const nation = { id: 'nation', code: 'ID', level: 'nation', parentId: null } as Office;
const office = { id: 'kudus', code: '3319', level: 'office', parentId: 'nation' } as Office;
const tree = new OfficeTree([nation, office]);

it('the system acts as an administrator of the nation, once there is one', () => {
  const system = systemActor(tree)!;
  expect(system.office).toBe(nation);
  expect(system.scope.includes(office.id)).toBe(true);
  expect(may(system, 'offices')).toBe(true);
  expect(systemActor(new OfficeTree([]))).toBeNull();
});

it.each(['applicant', 'bridge'] as const)('the %s has no permission and sees no office', (kind) => {
  const actor = outsideActor(kind, office);
  expect(permissions.filter((permission) => may(actor, permission))).toEqual([]);
  expect(actor.scope.includes(office.id)).toBe(false);
});

it('an audit row names every kind of actor', () => {
  const officer: Actor = {
    kind: 'officer',
    officerId: 'officer',
    sessionId: 'session',
    role: 'officer',
    office,
    scope: tree.scopeAt(office.id),
  };
  expect(actedBy(officer)).toEqual({ officerId: 'officer', officeId: 'kudus', sessionId: 'session' });
  const outside = { officerId: null, officeId: 'kudus', sessionId: null };
  expect(actedBy(outsideActor('applicant', office))).toEqual(outside);
});
