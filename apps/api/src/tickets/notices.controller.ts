import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { ticketNotices, type TicketNoticesView, noticesSet, viewNotices } from './views/notice-views';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { NoticeConsents } from '@sinkron/tickets';
import type { z } from 'zod';

/** The applicant's consent to notices, and the notices that were sent. */
@ApiTags('Cases')
@May('cases:read')
@Controller('v1/tickets/:code/notices')
export class NoticesController {
  constructor(
    private readonly consents: NoticeConsents,
    private readonly audit: Audit,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Read the channels to which the applicant consented, and what became of each notice',
  })
  @ApiOkResponse({ standardSchema: ticketNotices })
  async read(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
  ): Promise<TicketNoticesView> {
    const told = await this.consents.read(officer, code);
    const { id } = told.ticket;
    await this.audit.read({
      ...actedBy(officer),
      action: 'notices_read',
      ticketId: id,
      detail: { tickets: [id], fields: [] },
    });
    return viewNotices(told);
  }

  @Post()
  @HttpCode(200)
  @May('cases:write')
  @ApiOperation({
    summary: 'Set the channels by which the applicant wants notices from now on; `[]` withdraws consent',
    description:
      'Possible in every state. A notice that has not been sent yet goes by a remaining channel, or not at all.',
  })
  @ApiOkResponse({ standardSchema: ticketNotices })
  async set(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: noticesSet }) { channels }: z.output<typeof noticesSet>,
  ): Promise<TicketNoticesView> {
    await this.consents.set(officer, code, channels);
    return this.read(officer, code);
  }
}
