import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ticketsOf } from '../audit/audit-view';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { listOf } from '../http/list-of';
import {
  affectedView,
  type AffectedView,
  breachBody,
  breachView,
  type BreachView,
  noticeBody,
  viewAffected,
  viewBreach,
} from './breach-view';
import { may, type OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';
import { Breaches, type BreachInput, type RecordedBreach } from '@sinkron/privacy';
import { TicketList } from '@sinkron/tickets';
import type { z } from 'zod';

/** The register of failures to protect personal data. */
@ApiTags('Privacy')
@May('breaches:read')
@Controller('v1/breaches')
export class BreachesController {
  constructor(
    private readonly breaches: Breaches,
    private readonly tickets: TicketList,
    private readonly offices: OfficeDirectory,
  ) {}

  @Post()
  @May('breaches:write')
  @ApiOperation({
    summary: 'Record a breach: whose readings, between which instants, and when it was discovered',
    description:
      'Its notice is due 72 hours after the discovery. An officer, a session, a token or an office.',
  })
  @ApiCreatedResponse({ standardSchema: breachView })
  async record(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: breachBody }) input: BreachInput,
  ): Promise<BreachView> {
    return this.view(officer, await this.breaches.record(officer, input));
  }

  @Get()
  @ApiOperation({
    summary: 'List the breaches of your offices: those without notice first, the oldest first',
    description: 'What is `overdue` comes first. The metric `sinkron_notices_overdue` counts them.',
  })
  @ApiOkResponse({ standardSchema: listOf(breachView) })
  async list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<BreachView>> {
    const { items, nextCursor } = await this.breaches.page(officer, query);
    return { items: await Promise.all(items.map((one) => this.view(officer, one))), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a breach, with the time at which its notice is due' })
  @ApiOkResponse({ standardSchema: breachView })
  async read(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<BreachView> {
    return this.view(officer, await this.breaches.read(officer, id));
  }

  @Post(':id/notice')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @May('breaches:write')
  @ApiOperation({
    summary: 'Record that the persons concerned and the authority were notified',
    description: 'Possible once; a second time is answered with 409.',
  })
  @ApiOkResponse({ standardSchema: breachView })
  async notice(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: noticeBody }) { givenAt }: z.output<typeof noticeBody>,
  ): Promise<BreachView> {
    return this.view(officer, await this.breaches.giveNotice(officer, id, givenAt ?? null));
  }

  @Get(':id/affected')
  @ApiOperation({
    summary:
      'List whose data were seen, which fields, when and by whom: from the audit of your offices, newest first',
    description:
      'Every reading in the window that showed data of persons, lists and files included; without the data.',
  })
  @ApiOkResponse({ standardSchema: listOf(affectedView) })
  async affected(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<AffectedView>> {
    const { items, nextCursor } = await this.breaches.affected(officer, id, query);
    const tree = await this.offices.tree();
    const names = await this.tickets.namesOf(officer.scope, [...new Set(items.flatMap(ticketsOf))]);
    return { items: items.map((entry) => viewAffected(entry, { tree, names })), nextCursor };
  }

  /** What happened may name persons, so it is for those who write it. */
  private async view(by: OfficerActor, found: RecordedBreach): Promise<BreachView> {
    const description = may(by, 'breaches:write') ? this.breaches.descriptionOf(found.breach) : null;
    return viewBreach(found, { tree: await this.offices.tree(), description });
  }
}
