import type { Role } from '../officers/officer';
import type { Permission } from './permissions';
import type { Id } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import type { Office, Scope } from '@sinkron/offices';

/** Who asks: a signed-in officer or a token of theirs, as the database knew them at most ten seconds ago. */
export interface OfficerActor {
  officerId: Id;
  /** The session, or the personal access token, by which they came. */
  sessionId: Id;
  role: Role;
  office: Office;
  scope: Scope;
  /** What the personal access token may be used for; absent for a session, which may do all that its role may. */
  scopes?: readonly Permission[];
  /** The role needs a second factor and the officer has none: nothing is open but setting it up. */
  lacksSecondFactor?: boolean;
}

/** Who administers: a signed-in officer, or, with no `officerId`, the operator at the command line. */
export type Actor = Pick<OfficerActor, 'role' | 'office' | 'scope'> & {
  officerId: Id | null;
  sessionId?: Id;
};

/** @throws Problem `forbidden` for anybody but an administrator */
export function requireAdmin({ role }: Pick<Actor, 'role'>): void {
  if (role === 'admin') return;
  throw new Problem('forbidden', {
    id: 'Hanya admin yang boleh melakukan ini. Mintalah kepada admin kantor Anda.',
    en: 'Only an administrator may do this. Ask the administrator of your office.',
  });
}
