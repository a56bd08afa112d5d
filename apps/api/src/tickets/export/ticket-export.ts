import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Language } from '../../http/language';
import { ticketFile, ticketRow } from './ticket-file';
import { TicketViews } from '../ticket-views';
import type { OfficerActor } from '@sinkron/accounts';
import { namesGiven } from '@sinkron/audit';
import { OfficeDirectory } from '@sinkron/offices';
import { TicketList, type TicketFilter } from '@sinkron/tickets';

/** The most rows of one file; the rest follows by `cursor`. */
export const mostRows = 10_000;
const rowsPerPage = 200;

type Filter = Omit<TicketFilter, 'limit'> & { office?: string | undefined };

/** Writes the rows of the list to a file, reading and auditing them page by page while they are sent. */
@Injectable()
export class TicketExport {
  constructor(
    private readonly tickets: TicketList,
    private readonly views: TicketViews,
    private readonly offices: OfficeDirectory,
  ) {}

  /**
   * Newest first, at most 10,000 rows.
   * @throws what the first page throws; a later failure ends the file before its end
   */
  async file(by: OfficerActor, filter: Filter, language: Language): Promise<Readable> {
    const rows = this.rows(by, filter, language);
    const first = await rows.next();
    async function* all() {
      if (first.done) return;
      yield first.value;
      yield* rows;
    }
    return ticketFile(Readable.from(all()));
  }

  private async *rows(by: OfficerActor, { office, ...filter }: Filter, language: Language) {
    const tree = await this.offices.tree();
    const scope = office === undefined ? by.scope : by.scope.within(tree.scopeOf(office));
    let cursor = filter.cursor;
    for (let sent = 0; sent < mostRows; sent += rowsPerPage) {
      const found = await this.tickets.list(scope, {
        ...filter,
        ...(cursor && { cursor }),
        limit: rowsPerPage,
      });
      const page = found.slice(0, rowsPerPage);
      const shown = await this.views.shown(language);
      await this.views.noteShown(by, 'export', page, namesGiven({ office, ...filter }));
      for (const read of page) yield ticketRow(this.views.view(by, read, shown), read.ticket.id);
      if (found.length === page.length) return;
      cursor = page.at(-1)?.ticket.id;
    }
  }
}
