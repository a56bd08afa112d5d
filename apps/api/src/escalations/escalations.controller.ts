import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, Principal } from '@sinkron/access';
import { EscalationMoves, Escalations } from '@sinkron/escalation';
import { Incidents } from '@sinkron/resync';
import { EscalationReturns } from '@sinkron/tickets';
import type { z } from 'zod';
import { pageOf } from '../administration/page-of';
import { CurrentOfficer, May } from '../auth/doors';
import { mayBeEmpty } from '../tickets/empty-body';
import { CallersLanguage, type Language } from '../tickets/language';
import {
  type Composed,
  type NewHandoff,
  acknowledgement,
  broadcast,
  type WholeEscalation,
  composed,
  escalationQuery,
  newHandoff,
  resolution,
  returning,
  wholeEscalation,
} from './escalation-schemas';
import { type EscalationView, escalationView } from './escalation-view';
import { EscalationViews } from './escalation-views';
import { HandoffComposing } from './handoff-composing';

const incidentsOnly =
  'An incident, which concerns every office, asks for the permission `incidents` as well.';

/** What a person must know and take on (R9, R10). */
@ApiTags('Escalations')
@May('escalations')
@Controller('v1/escalations')
export class EscalationsController {
  constructor(
    @Inject(Escalations) private readonly escalations: Escalations,
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(EscalationMoves) private readonly moves: EscalationMoves,
    @Inject(EscalationReturns) private readonly returns: EscalationReturns,
    @Inject(HandoffComposing) private readonly composing: HandoffComposing,
    @Inject(EscalationViews) private readonly views: EscalationViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List escalations of your offices and incidents of everybody, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(escalationView) })
  list(
    @CurrentOfficer() officer: Principal,
    @Query({ schema: escalationQuery }) query: z.output<typeof escalationQuery>,
    @CallersLanguage() language: Language,
  ): Promise<Page<EscalationView>> {
    return this.views.page(officer, query, language);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an escalation with its hand-offs' })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async read(
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.escalations.find(officer.scope, id), language);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({
    summary: 'Take it; when somebody else has, this is a 409',
    description: `It lapses when nothing follows in time, and the ladder begins anew. ${incidentsOnly}`,
  })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async acknowledge(
    @CurrentOfficer() officer: Principal,
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
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.moves.unacknowledge(officer, id), language);
  }

  @Post(':id/return')
  @HttpCode(200)
  @May('handoffs')
  @ApiOperation({
    summary: 'Return the case to its regular way: it is no emergency',
    description:
      'Ends the escalation as `returned` and takes the case out of the urgent lane, unless it is overdue.',
  })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async return(
    @CurrentOfficer() officer: Principal,
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
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @Body({ schema: resolution }) { outcome, note }: z.output<typeof resolution>,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    const resolved = await this.moves.resolve(officer, id, outcome, note ?? null);
    if (resolved.incident) await this.incidents.endedByHand();
    return this.views.whole(officer, resolved, language);
  }

  @Post(':id/broadcast')
  @HttpCode(200)
  @May('incidents')
  @ApiOperation({ summary: 'Say what applicants read while this incident lasts' })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async broadcast(
    @CurrentOfficer() officer: Principal,
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
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @Body({ schema: newHandoff }) { contactId, channel }: NewHandoff,
  ): Promise<Composed> {
    return this.composing.compose(officer, { escalations: [id], contactId, channel });
  }
}
