import type { Permission } from './permissions';
import type { Role } from './roles';
import type { Id } from '@sinkron/database';
import { type Office, type OfficeTree, Scope } from '@sinkron/offices';

/** A signed-in officer, or a token of theirs, as the database knew them at most `rightsAge` ago. */
export interface OfficerActor {
  kind: 'officer';
  officerId: Id;
  /** The session, or the personal access token, by which the officer came. */
  sessionId: Id;
  role: Role;
  office: Office;
  scope: Scope;
  /** What the personal access token may be used for; absent for a session, which may do all that its role may. */
  scopes?: readonly Permission[];
  /** The role needs a second factor and the officer has none: nothing is allowed but setting it up. */
  lacksSecondFactor?: boolean;
}

/** The operator at the command line: no officer, acts as an administrator of the nation. */
export interface SystemActor {
  kind: 'system';
  officerId: null;
  role: 'admin';
  office: Office;
  scope: Scope;
}

/** Submits to an office from outside: an applicant, or a bridge that relays for applicants. Sees nothing. */
export interface OutsideActor {
  kind: 'applicant' | 'bridge';
  officerId: null;
  role: null;
  office: Office;
  scope: Scope;
}

/** Whoever acts. A service that needs an officer asks for an `OfficerActor`. */
export type Actor = OfficerActor | SystemActor | OutsideActor;

/** Null before there is an office of level nation. */
export function systemActor(tree: OfficeTree): SystemActor | null {
  const office = tree.nation;
  return office && { kind: 'system', officerId: null, role: 'admin', office, scope: tree.scopeAt(office.id) };
}

/** @param office the one that is to handle what is submitted */
export function outsideActor(kind: OutsideActor['kind'], office: Office): OutsideActor {
  return { kind, officerId: null, role: null, office, scope: Scope.nothing };
}
