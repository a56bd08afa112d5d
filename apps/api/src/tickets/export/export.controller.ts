import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../../auth/route-access';
import { CallersLanguage, type Language } from '../../http/language';
import { TicketExport } from './ticket-export';
import { ticketQuery } from '../ticket-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import type { z } from 'zod';

const exportQuery = ticketQuery.omit({ limit: true });

/** The CSV export. Registered before `v1/tickets/:code`, which would take `export` for a code. */
@ApiTags('Cases')
@Controller('v1/tickets/export')
export class ExportController {
  constructor(private readonly tickets: TicketExport) {}

  @Get()
  @May('cases:export')
  @ApiOperation({
    summary: 'Export the tickets of your offices as CSV, newest first; audited',
    description:
      'The rows of the list with the same filters, identities masked. A file has at most 10,000 rows; the value in the ' +
      "last row's column `cursor`, sent as `cursor`, gives the rows after it. If reading fails on " +
      'the way, the transfer breaks off: use only a file that arrived completely.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async file(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: exportQuery }) query: z.output<typeof exportQuery>,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const file = await this.tickets.file(officer, query, language);
    return new StreamableFile(file, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="cases.csv"',
    });
  }
}
