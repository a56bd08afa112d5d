import type { Id } from '@sinkron/database';
import type { NewWork, WorkKind } from '@sinkron/queue';

/** The kind of work of this lib: an office that closes, as long as something of it is to be moved. */
export const closureWork = [{ name: 'closure', asksCentre: false }] as const satisfies readonly WorkKind[];

export function workOf(officeId: Id, dueAt: Date): NewWork {
  return { kind: 'closure', subjectId: officeId, dueAt, lane: 'regular', rankAt: dueAt, officeId };
}
