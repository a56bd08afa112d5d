import type { NewWork, WorkKind } from '@sinkron/queue';
import type { Inbound } from './inbound';

/** The kind of work whose subject is a stored post. */
export const inboundWork = [{ name: 'inbound', asksCentre: false }] as const satisfies readonly WorkKind[];

export function workOf({ id, receivedAt }: Inbound): NewWork {
  return {
    kind: 'inbound',
    subjectId: id,
    dueAt: receivedAt,
    lane: 'regular',
    rankAt: receivedAt,
    officeId: null,
  };
}
