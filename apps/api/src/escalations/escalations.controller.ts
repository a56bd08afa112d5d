import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, Principal } from '@sinkron/access';
import { type ContactView, Contacts, Escalations, Handoffs, waLink } from '@sinkron/escalation';
import { Problem, invalid } from '@sinkron/observability';
import { Incidents } from '@sinkron/resync';
import type { z } from 'zod';
import { pageOf } from '../administration/page-of';
import { CurrentOfficer, May } from '../auth/doors';
import { mayBeEmpty } from '../tickets/empty-body';
import { CallersLanguage, type Language } from '../tickets/language';
import {
  type NewHandoff,
  broadcast,
  type WholeEscalation,
  composed,
  escalationQuery,
  newHandoff,
  resolution,
  wholeEscalation,
} from './escalation-schemas';
import { type EscalationView, escalationView } from './escalation-view';
import { EscalationViews } from './escalation-views';
import { HandoffText } from './handoff-text';

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
    @Inject(Handoffs) private readonly handoffs: Handoffs,
    @Inject(Contacts) private readonly contacts: Contacts,
    @Inject(HandoffText) private readonly texts: HandoffText,
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
  @ApiOperation({ summary: 'Take it; when somebody else has, this is a 409', description: incidentsOnly })
  @ApiOkResponse({ standardSchema: wholeEscalation })
  async acknowledge(
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeEscalation> {
    return this.views.whole(officer, await this.escalations.acknowledge(officer, id), language);
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
    const resolved = await this.escalations.resolve(officer, id, outcome, note ?? null);
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
    return this.views.whole(officer, await this.escalations.broadcast(officer, id, words), language);
  }

  @Post(':id/handoffs')
  @May('handoffs')
  @ApiOperation({ summary: 'Compose a message to a contact; sending it is up to the officer' })
  @ApiCreatedResponse({ standardSchema: composed })
  async compose(
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @Body({ schema: newHandoff }) { contactId, channel }: NewHandoff,
  ): Promise<z.output<typeof composed>> {
    const escalation = await this.escalations.find(officer.scope, id);
    const contact = await this.contact(officer, contactId);
    const text = await this.texts.compose(officer, escalation, contact);
    const handoff = await this.handoffs.compose(officer, id, contactId, channel);
    const link = channel === 'whatsapp' ? waLink(contact.phone, text) : null;
    return { ...this.views.handoff(handoff), text, waLink: link };
  }

  private async contact(officer: Principal, id: string): Promise<ContactView> {
    const contact = await this.contacts.find(officer, id).catch(unlessMissing);
    if (contact && !contact.disabled) return contact;
    throw invalid([
      {
        field: 'contactId',
        code: 'contact_unknown',
        message: {
          id: 'Pilih kontak aktif dari daftar kontak.',
          en: 'Choose an active contact from the list.',
        },
      },
    ]);
  }
}

function unlessMissing(error: unknown): null {
  if (error instanceof Problem && error.kind === 'not_found') return null;
  throw error;
}
