import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActorRights, may, permissions, requirePermission } from './permissions';
import { roles } from './roles';
import { Problem } from '@sinkron/observability';

/** What the actor is told, in English. */
function refusal(actor: ActorRights, permission: (typeof permissions)[number]): string | null {
  try {
    requirePermission(actor, permission);
    return null;
  } catch (error) {
    return error instanceof Problem && error.kind === 'forbidden' ? error.detail.en : String(error);
  }
}

it('a role has what the table says and no more', () => {
  expect(refusal({ role: 'officer' }, 'cases:write')).toBeNull();
  expect(refusal({ role: 'auditor' }, 'cases:read')).toMatch(
    /role \(auditor\) lacks .* officer, supervisor, admin/,
  );
});

it('a token goes as far as its scopes and its role both go', () => {
  const token: ActorRights = { role: 'officer', scopes: ['cases:read', 'offices'] };
  expect(refusal(token, 'cases:read')).toBeNull();
  expect(refusal(token, 'cases:write')).toMatch(/token lacks the scope cases:write; it has: cases:read/);
  expect(refusal(token, 'offices')).toMatch(/role \(officer\)/);
  expect(may({ role: 'admin', scopes: [] }, 'account')).toBe(false);
});

it('a liaison and an auditor have few permissions, and an administrator all that are given', () => {
  const of = (role: ActorRights['role']) => permissions.filter((permission) => may({ role }, permission));
  expect(of('liaison')).toEqual(['account', 'escalations', 'handoffs:numbers', 'incidents', 'events']);
  expect(of('auditor')).toEqual(['account', 'history:read', 'audit:read', 'breaches:read']);
  expect(of('admin')).toEqual(permissions);
});

it('every role has its own account, and something to do', () => {
  for (const role of roles) {
    const held = permissions.filter((permission) => may({ role }, permission));
    expect([role, held[0], held.length > 1]).toEqual([role, 'account', true]);
  }
});

const page = readFileSync(join(__dirname, '../../../../docs/roles.md'), 'utf8');

it('docs/roles.md says of every role what it is for', () => {
  expect([...page.matchAll(/^- \*\*(\w+)\*\* /gm)].map(([, role]) => role)).toEqual(roles);
});

it('docs/roles.md shows the table as it is', () => {
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const shown = page
    .split('\n')
    .filter((line) => /^\| (Permission|`)/.test(line))
    .map(cells);
  const [head, ...rows] = shown.map(([permission, , ...holders]) => [permission, ...holders]);
  expect(head).toEqual(['Permission', ...roles]);
  expect(rows).toEqual(
    permissions.map((permission) => [
      `\`${permission}\``,
      ...roles.map((role) => (may({ role }, permission) ? 'yes' : '')),
    ]),
  );
});
