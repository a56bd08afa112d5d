import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { CallersLanguage, type Language } from '../http/language';
import { listOf } from '../http/list-of';
import {
  acknowledgement,
  broadcast,
  composed,
  type Composed,
  escalationQuery,
  newHandoff,
  type NewHandoff,
  resolution,
  returning,
  wholeEscalation,
  type WholeEscalation,
} from './escalation-schemas';
import { escalationView, type EscalationView } from './escalation-view';
import { EscalationViews } from './escalation-views';
import { HandoffComposing } from './handoff-composing';
import type { OfficerActor } from '@sinkron/accounts';
import type { Page } from '@sinkron/database';
import { EscalationMoves, Escalations } from '@sinkron/escalation';
import { Incidents } from '@sinkron/resync';
import { EscalationReturns } from '@sinkron/tickets';
import type { z } from 'zod';

const incidentsOnly = 'An incident, which concerns every office, takes the permission `incidents` as well.';

/** What a person must know and act on (R9, R10). */
@ApiTags('Escalations')
@May('escalations')
@Controller('v1/escalations')
export class EscalationsController {
  constructor(
    private readonly escalations: Escalations,
    private readonly incidents: Incidents,
    private readonly moves: EscalationMoves,
    private readonly returns: EscalationReturns,
    private readonly composing: HandoffComposing,
    private readonly views: EscalationViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List escalations of your offices and incidents of everybody, newest first' })
  @ApiOkResponse({ standardSchema: listOf(escalationView) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: escalationQuery }) query: z.output<typeof escalationQuery>,
    @CallersLanguage() language: Language,
  ): Promise<Page<EscalationView>> {
    return this.views.page(officer, query, language);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an escalation with its hand-offs' })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async read(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.escalations.find(officer.scope, id), language);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({
    summary: 'Acknowledge it; when somebody else has, this is a 409',
    description: `It lapses when nothing follows in time, and the ladder begins again. ${incidentsOnly}`,
  })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async acknowledge(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: acknowledgement }) { until }: z.output<typeof acknowledgement>,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.moves.acknowledge(officer, id, until), language);
  }

  @Post(':id/unacknowledge')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Give it back: somebody else is asked at once', description: incidentsOnly })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async unacknowledge(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.moves.unacknowledge(officer, id), language);
  }

  @Post(':id/return')
  @HttpCode(200)
  @May('handoffs')
  @ApiOperation({
    summary: 'Return the ticket to its regular way: it is no emergency',
    description:
      'Ends the escalation as `returned` and takes the ticket out of the urgent lane, unless it is overdue.',
  })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async return(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: returning }) { reason }: z.output<typeof returning>,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.returns.toRegular(officer, id, reason), language);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it with an outcome', description: incidentsOnly })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async resolve(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: resolution }) { outcome, note }: z.output<typeof resolution>,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    const resolved = await this.moves.resolve(officer, id, outcome, note ?? null);
    if (resolved.incident) await this.incidents.checkDeadlines();
    return this.views.whole(officer, resolved, language);
  }

  @Post(':id/broadcast')
  @HttpCode(200)
  @May('incidents')
  @ApiOperation({ summary: 'Set what applicants read while this incident lasts' })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async broadcast(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: broadcast }) words: z.output<typeof broadcast>,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.moves.broadcast(officer, id, words), language);
  }

  @Post(':id/handoffs')
  @May('handoffs')
  @ApiOperation({ summary: 'Compose a message to a contact; sending it is up to the officer' })
  @ApiCreatedResponse({ standardSchema: composed })
  compose(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: newHandoff }) { contactId, channel }: NewHandoff,
  ): Promise<Composed> {
    return this.composing.compose(officer, { escalations: [id], contactId, channel });
  }
}
