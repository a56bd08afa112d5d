import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { bulkTransfer, transferAnswer } from './transfer-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import { OfficeDirectory, officeForTickets } from '@sinkron/offices';
import { BulkTransfers } from '@sinkron/tickets';
import type { z } from 'zod';

/** Many tickets to another office at once. */
@ApiTags('Cases')
@May('cases:write')
@Controller('v1/transfers')
export class TransfersController {
  constructor(
    private readonly transfers: BulkTransfers,
    private readonly offices: OfficeDirectory,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Transfer a list of tickets to another office; safe to repeat',
    description:
      'Each ticket goes or stays by itself, and the answer tells what became of it. Sent again, also after a failure in ' +
      'the middle, it goes on where it stopped.',
  })
  @ApiOkResponse({ standardSchema: transferAnswer })
  async transfer(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: bulkTransfer }) { tickets, office, note }: z.output<typeof bulkTransfer>,
  ): Promise<z.output<typeof transferAnswer>> {
    const to = officeForTickets(await this.offices.tree(), office);
    const items = await this.transfers.transfer(officer, tickets, { officeId: to.id, reason: note });
    return { office: to.code, items };
  }
}
