import type { OfficerActor, Role } from '@sinkron/accounts';
import { newId } from '@sinkron/database';
import type { OfficeTree } from '@sinkron/offices';

/** An officer at the office with this code, who is signed in and stored nowhere. */
export function officerAt(tree: OfficeTree, code: string, role: Role): OfficerActor {
  const office = tree.findByCode(code)!;
  return {
    kind: 'officer',
    officerId: newId(),
    sessionId: newId(),
    role,
    office,
    scope: tree.scopeAt(office.id),
  };
}
