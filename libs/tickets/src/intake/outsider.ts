import type { Actor } from '@sinkron/accounts';

/** What the history adds of whoever is no officer, since an entry itself names officers alone. */
export function outsider({ kind }: Pick<Actor, 'kind'>): { by?: Actor['kind'] } {
  return kind === 'officer' ? {} : { by: kind };
}
