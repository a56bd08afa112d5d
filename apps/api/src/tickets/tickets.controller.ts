import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, Principal } from '@sinkron/access';
import { preferredLanguage } from '@sinkron/observability';
import { BodyDigest, type Complaint, Intake } from '@sinkron/tickets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { pageOf } from '../administration/page-of';
import { CurrentOfficer, May } from '../auth/doors';
import { Uncounted } from '../http/request-limit';
import { CaseHistory, wholeHistory } from './case-history';
import { CaseViews, type WholeCase, wholeCase } from './case-views';
import { idempotencyHeader, sentKey } from './idempotency-header';
import { CallersLanguage, type Language } from './language';
import { complaint, intakeAnswer, searchBody, ticketQuery } from './ticket-schemas';
import { type TicketView, ticketView, viewWarnings } from './ticket-view';

/** Complaints come in, and cases are read. */
@ApiTags('Cases')
@May('cases:read')
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(BodyDigest) private readonly digest: BodyDigest,
    @Inject(CaseViews) private readonly views: CaseViews,
    @Inject(CaseHistory) private readonly histories: CaseHistory,
  ) {}

  @Post()
  @Uncounted()
  @May('cases:write')
  @ApiOperation({
    summary: 'Log a complaint; one of a person with an open case is filed under it as a repeat',
  })
  @ApiHeader(idempotencyHeader)
  @ApiCreatedResponse({ standardSchema: intakeAnswer, description: 'A new case; `Location` names it' })
  @ApiOkResponse({ standardSchema: intakeAnswer, description: 'A repeat' })
  async take(
    @CurrentOfficer() officer: Principal,
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
      key === null ? null : { officerId, route: 'POST /v1/tickets', key, body: this.digest.of(body) },
    );
    void reply.code(httpStatus);
    if (httpStatus === 201) void reply.header('location', `/v1/tickets/${answer.code}`);
    return { ...answer, warnings: viewWarnings(warnings, preferredLanguage(headers['accept-language'])) };
  }

  @Get()
  @ApiOperation({ summary: 'List the cases of your offices, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(ticketView) })
  list(
    @CurrentOfficer() officer: Principal,
    @Query({ schema: ticketQuery }) query: z.output<typeof ticketQuery>,
    @CallersLanguage() language: Language,
  ): Promise<Page<TicketView>> {
    return this.views.page(officer, query, language);
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Find the cases of a person, family card or phone; audited' })
  @ApiOkResponse({ standardSchema: pageOf(ticketView) })
  search(
    @CurrentOfficer() officer: Principal,
    @Body({ schema: searchBody }) wanted: z.output<typeof searchBody>,
    @CallersLanguage() language: Language,
  ): Promise<Page<TicketView>> {
    return this.views.search(officer, wanted, language);
  }

  @Get(':code')
  @ApiOperation({ summary: 'Read a case' })
  @ApiOkResponse({ standardSchema: wholeCase })
  read(
    @CurrentOfficer() officer: Principal,
    @Param('code') code: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeCase> {
    return this.views.one(officer, code, language);
  }

  @Get(':code/history')
  @May('history:read')
  @ApiOperation({
    summary: 'Read everything that happened to a case, oldest first',
    description: 'What officers wrote is null for whoever may not read cases.',
  })
  @ApiOkResponse({ standardSchema: wholeHistory })
  history(
    @CurrentOfficer() officer: Principal,
    @Param('code') code: string,
  ): Promise<z.output<typeof wholeHistory>> {
    return this.histories.read(officer, code);
  }
}
