import type { Role } from './roles';
import { Problem } from '@sinkron/observability';

/** What a route may ask for, and which roles (roles.ts) have it: the one table; docs/roles.md shows it to people. */
const rolesOf = {
  /** The own sessions, password, second factor and tokens. */
  account: ['officer', 'supervisor', 'liaison', 'auditor', 'admin'],
  /** Tickets of the scope with masked identities: lists, search, diagnoses. */
  'cases:read': ['officer', 'supervisor', 'admin'],
  /** Complaints, moves and notes. */
  'cases:write': ['officer', 'supervisor', 'admin'],
  /** Confirm a push that would overwrite somebody else's record at the centre. */
  'cases:overwrite': ['supervisor', 'admin'],
  /** The full values of a ticket, for a reason. */
  'cases:reveal': ['officer', 'supervisor', 'admin'],
  /** Tickets as a file. */
  'cases:export': ['supervisor', 'admin'],
  /** What happened to a ticket; the words that officers wrote only with `cases:read` as well. */
  'history:read': ['officer', 'supervisor', 'auditor', 'admin'],
  /** How the desk and the centre are doing. */
  'overview:read': ['supervisor', 'admin'],
  /** Everything that is held on one person (UU PDP 27/2022 art. 32). */
  'subjects:export': ['supervisor', 'admin'],
  /** Escalations of the scope: read, acknowledge, resolve, and what became of their hand-offs. */
  escalations: ['officer', 'supervisor', 'liaison', 'admin'],
  /** Messages to a contact at the centre: compose, and say that it is sent. */
  handoffs: ['officer', 'supervisor', 'admin'],
  /** The full numbers behind the link of such a message. */
  'handoffs:numbers': ['officer', 'supervisor', 'liaison', 'admin'],
  /** Acknowledge and resolve what concerns every office at once, and correct others' hand-offs of it. */
  incidents: ['supervisor', 'liaison', 'admin'],
  /** What became of messages, and those that could not be delivered. */
  deliveries: ['supervisor', 'admin'],
  /** Where events are posted to outside, and the secrets that sign them. */
  webhooks: ['supervisor', 'admin'],
  /** What happens in the scope, as a live stream. */
  events: ['officer', 'supervisor', 'liaison', 'admin'],
  'contacts:read': ['officer', 'supervisor', 'admin'],
  'contacts:write': ['admin'],
  /** Who is asked when: policies, rotas and holidays. */
  'on-call:read': ['officer', 'supervisor', 'admin'],
  'on-call:write': ['supervisor', 'admin'],
  'officers:read': ['supervisor', 'admin'],
  'officers:write': ['admin'],
  offices: ['admin'],
  'purposes:read': ['officer', 'supervisor', 'admin'],
  'purposes:write': ['admin'],
  'audit:read': ['auditor', 'admin'],
  'breaches:read': ['auditor', 'admin'],
  'breaches:write': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesOf;

export const permissions = Object.keys(rolesOf) as Permission[];

/** What decides on the permissions of an actor: the role, and with a token also the scopes that it was given. */
export interface ActorRights {
  /** Null for who has no role: an applicant, a bridge. */
  role: Role | null;
  /** Of the personal access token that was used; absent for a session. */
  scopes?: readonly Permission[] | undefined;
}

/** Whether the role has this permission and, for a token, whether its scopes name it too. Where, `Scope` decides. */
export function may({ role, scopes }: ActorRights, permission: Permission): boolean {
  const roles: readonly (Role | null)[] = rolesOf[permission];
  return roles.includes(role) && (scopes?.includes(permission) ?? true);
}

/** @throws Problem `forbidden` that names what is missing */
export function requirePermission(actor: ActorRights, permission: Permission): void {
  if (!may(actor, permission)) throw notAllowed(actor, permission);
}

function notAllowed({ role, scopes }: ActorRights, permission: Permission): Problem {
  if (may({ role }, permission)) {
    return new Problem('forbidden', {
      id: `Token ini tidak punya izin ${permission}, hanya: ${scopes?.join(', ')}. Buat token dengan izin itu.`,
      en: `This token lacks the scope ${permission}; it has: ${scopes?.join(', ')}. Make a token with that scope.`,
    });
  }
  return new Problem('forbidden', {
    id: `Peran Anda (${role ?? 'tidak ada'}) tidak punya izin ${permission}. Mintalah kepada orang dengan peran: ${rolesOf[permission].join(', ')}.`,
    en: `Your role (${role ?? 'none'}) lacks the permission ${permission}. Ask somebody with the role: ${rolesOf[permission].join(', ')}.`,
  });
}
