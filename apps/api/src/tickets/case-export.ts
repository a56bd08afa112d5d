import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { OfficeDirectory, type Principal, namesGiven } from '@sinkron/access';
import { CaseList, type TicketFilter } from '@sinkron/tickets';
import { caseFile, caseRow } from './case-file';
import { CaseViews } from './case-views';
import type { Language } from './language';

/** One file has no more; the rest follows by `cursor`. */
export const mostRows = 10_000;
const rowsPerPage = 200;

type Filter = Omit<TicketFilter, 'limit'> & { office?: string | undefined };

/** Cases as a file: the rows of the list, as many as there are, read and audited page by page while they are sent. */
@Injectable()
export class CaseExport {
  constructor(
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(CaseViews) private readonly views: CaseViews,
    @Inject(OfficeDirectory) private readonly offices: OfficeDirectory,
  ) {}

  /**
   * Newest first, at most 10,000 rows.
   * @throws what the first page throws; a later failure ends the file before its end
   */
  async file(by: Principal, filter: Filter, language: Language): Promise<Readable> {
    const rows = this.rows(by, filter, language);
    const first = await rows.next();
    async function* all() {
      if (first.done) return;
      yield first.value;
      yield* rows;
    }
    return caseFile(Readable.from(all()));
  }

  private async *rows(by: Principal, { office, ...filter }: Filter, language: Language) {
    const tree = await this.offices.tree();
    const scope = office === undefined ? by.scope : by.scope.within(tree.scopeOf(office));
    let cursor = filter.cursor;
    for (let sent = 0; sent < mostRows; sent += rowsPerPage) {
      const found = await this.cases.list(scope, {
        ...filter,
        ...(cursor && { cursor }),
        limit: rowsPerPage,
      });
      const page = found.slice(0, rowsPerPage);
      const shown = await this.views.shown(language);
      await this.views.noteShown(by, 'export', page, namesGiven({ office, ...filter }));
      for (const read of page) yield caseRow(this.views.view(by, read, shown), read.ticket.id);
      if (found.length === page.length) return;
      cursor = page.at(-1)?.ticket.id;
    }
  }
}
