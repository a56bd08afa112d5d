import type { WorkKind } from '@sinkron/queue';

/** The kinds of work of this lib: the next step of an escalation, and a hand-off whose confirmation is late. */
export const escalationWork = [
  { name: 'ladder', asksCentre: false },
  { name: 'confirmation', asksCentre: false },
] as const satisfies readonly WorkKind[];
