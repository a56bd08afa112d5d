import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { CallersLanguage, type Language } from '../http/language';
import { listOf } from '../http/list-of';
import { Uncounted } from '../http/limits/request-limit';
import { idempotencyHeader, sentKey } from './idempotency-header';
import { TicketHistory, wholeHistory } from './ticket-history';
import { complaint, intakeAnswer, searchBody, ticketQuery } from './ticket-schemas';
import { ticketView, type TicketView, viewWarnings } from './views/ticket-view';
import { TicketViews, wholeTicket, type WholeTicket } from './ticket-views';
import type { OfficerActor } from '@sinkron/accounts';
import type { Page } from '@sinkron/database';
import { preferredLanguage } from '@sinkron/observability';
import { type Complaint, IdempotencyDigests, Intake } from '@sinkron/tickets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** Intake of complaints, and reading of tickets. */
@ApiTags('Cases')
@May('cases:read')
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly intake: Intake,
    private readonly digests: IdempotencyDigests,
    private readonly views: TicketViews,
    private readonly histories: TicketHistory,
  ) {}

  @Post()
  @Uncounted()
  @May('cases:write')
  @ApiOperation({
    summary: 'Log a complaint; where the person has an open ticket it is filed under it as a repeat',
  })
  @ApiHeader(idempotencyHeader)
  @ApiCreatedResponse({ standardSchema: intakeAnswer, description: 'A new ticket; `Location` names it' })
  @ApiOkResponse({ standardSchema: intakeAnswer, description: 'A repeat' })
  async take(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: complaint }) input: Complaint,
    @Req() { headers, body }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof intakeAnswer>> {
    const { officerId } = officer;
    const { nik, kk, previousKk } = input.applicant;
    const key = sentKey(headers, [nik, kk, previousKk]);
    const { httpStatus, warnings, ...answer } = await this.intake.take(
      officer,
      input,
      key === null ? null : this.digests.of({ officerId, route: 'POST /v1/tickets', key, body }),
    );
    void reply.code(httpStatus);
    if (httpStatus === 201) void reply.header('location', `/v1/tickets/${answer.code}`);
    return { ...answer, warnings: viewWarnings(warnings, preferredLanguage(headers['accept-language'])) };
  }

  @Get()
  @ApiOperation({ summary: 'List the tickets of your offices, newest first' })
  @ApiOkResponse({ standardSchema: listOf(ticketView) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: ticketQuery }) query: z.output<typeof ticketQuery>,
    @CallersLanguage() language: Language,
  ): Promise<Page<TicketView>> {
    return this.views.page(officer, query, language);
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Find the tickets of a person, family card or phone; audited' })
  @ApiOkResponse({ standardSchema: listOf(ticketView) })
  search(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: searchBody }) wanted: z.output<typeof searchBody>,
    @CallersLanguage() language: Language,
  ): Promise<Page<TicketView>> {
    return this.views.search(officer, wanted, language);
  }

  @Get(':code')
  @ApiOperation({ summary: 'Read a ticket' })
  @ApiOkResponse({ standardSchema: wholeTicket })
  read(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.views.one(officer, code, language);
  }

  @Get(':code/history')
  @May('history:read')
  @ApiOperation({
    summary: 'Read everything that happened to a ticket, oldest first',
    description: 'What officers wrote is null for whoever may not read tickets.',
  })
  @ApiOkResponse({ standardSchema: wholeHistory })
  history(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
  ): Promise<z.output<typeof wholeHistory>> {
    return this.histories.read(officer, code);
  }
}
