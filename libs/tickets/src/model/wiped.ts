import type { Ticket } from './ticket';
import { Problem } from '@sinkron/observability';

/** The personal data of the ticket are gone: nothing can be shown, asked or sent any more. */
export function wiped(): Problem {
  return new Problem('conflict', {
    id: 'Data pribadi laporan ini sudah dihapus karena masa simpannya habis. Buat laporan baru bila masih perlu.',
    en: 'The personal data of this ticket were destroyed when their time was over. Log a new complaint if it is still needed.',
  });
}

/** @throws Problem conflict */
export function assertNotWiped({ wipedAt }: Pick<Ticket, 'wipedAt'>): void {
  if (wipedAt) throw wiped();
}
