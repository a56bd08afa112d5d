/**
 * What somebody is here for. What a role may do is in permissions.ts beside this, which of them needs a second factor in
 * factors/second-factor.ts, and for people in docs/roles.md.
 */
export const roles = [
  /** Works on tickets. */
  'officer',
  /** Works on tickets and answers for them. */
  'supervisor',
  /** A person at the centre: sees and answers escalations, nothing else. */
  'liaison',
  /** Reads history and audit, and no personal data. */
  'auditor',
  /** Keeps offices, officers and contacts. */
  'admin',
] as const;
export type Role = (typeof roles)[number];
