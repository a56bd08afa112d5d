import { Body, Controller, Get, HttpCode, Ip, Post, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { constantPage, htmlAnswer, sendConstantPage } from '../http/pages/html-page';
import { ContestStates } from './contest-states';
import { contestWords } from './contest-words';
import { Expectations } from './expectations';
import { IncidentNotices } from './incident-notices';
import { PageFilter } from './page.filter';
import { sendPage } from './send-page';
import { statusQuestion } from './status-checks.controller';
import { type PageAnswer, statusPage } from './status-page';
import { localTime } from '@sinkron/identity';
import { StatusDesk, type Ticket, wordsFor } from '@sinkron/tickets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

const emptyForm = constantPage(() => statusPage({ kind: 'none' }));

/** The status check as a page, for any browser. The form is sent by POST, so that no birth date gets into an address. */
@ApiTags('Status')
@Public()
@UseFilters(PageFilter)
@Controller('cek')
export class StatusPageController {
  constructor(
    private readonly desk: StatusDesk,
    private readonly contests: ContestStates,
    private readonly expectations: Expectations,
    private readonly notices: IncidentNotices,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The page on which applicants check their ticket' })
  @ApiOkResponse(htmlAnswer)
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendConstantPage(request, reply, emptyForm);
  }

  @Post()
  @HttpCode(200)
  @RouteConfig({ form: true })
  @ApiOperation({ summary: 'The same page with its answer' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse(htmlAnswer)
  async answer(
    @Body({ schema: statusQuestion }) { code, birthDate }: z.output<typeof statusQuestion>,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ticket = await this.desk.ask({ code, birthDate: isoDate(birthDate) }, address);
    sendPage(reply, 200, await this.show(ticket));
  }

  @Post('sanggah')
  @HttpCode(200)
  @RouteConfig({ form: true })
  @ApiOperation({ summary: 'The same page, having a resolved ticket checked again' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse(htmlAnswer)
  async contest(
    @Body({ schema: statusQuestion }) { code, birthDate }: z.output<typeof statusQuestion>,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ticket = await this.desk.contest({ code, birthDate: isoDate(birthDate) }, address);
    sendPage(reply, 200, await this.show(ticket));
  }

  private async show(ticket: Ticket): Promise<PageAnswer> {
    const { message, nextStep } = wordsFor(ticket);
    const contest = await this.contests.of(ticket);
    return {
      kind: 'status',
      code: ticket.code,
      message: message.id,
      nextStep: nextStep.id,
      notice: (await this.notices.of(ticket))?.id ?? null,
      expected: (await this.expectations.of(ticket, 'id'))?.text ?? null,
      due: await this.dueInWords(ticket),
      urgent: ticket.urgent,
      contested: (contest && contestWords(contest, await this.desk.zoneOf(ticket))?.id) ?? null,
      mayContest: contest?.possible ?? false,
    };
  }

  /** On the clock of the office, as on the receipt; null when nothing is due. */
  private async dueInWords(ticket: Ticket): Promise<string | null> {
    if (ticket.openMarker === null || ticket.suspendedAt !== null) return null;
    return localTime(ticket.dueAt, await this.desk.zoneOf(ticket));
  }
}

/** Old browsers have no field for dates, and people write 31-3-1998. */
function isoDate(typed: string): string {
  const parts = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(typed);
  if (!parts) return typed;
  const [, day = '', month = '', year = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
