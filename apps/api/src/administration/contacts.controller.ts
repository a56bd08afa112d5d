import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { listOf } from '../http/list-of';
import type { OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import {
  contactChanges,
  type ContactChanges,
  contactInput,
  type ContactInput,
  Contacts,
  type ContactView,
} from '@sinkron/escalation';
import { z } from 'zod';

const contact = z.object({
  id: z.uuid(),
  office: z.object({ code: z.string(), name: z.string() }),
  name: z.string(),
  phone: z.string().describe('E.164'),
  email: z.string().optional(),
  role: z.string().optional().describe('What the contact does there, in words'),
  disabled: z.boolean(),
});

const newContact = contactInput.meta({
  examples: [{ office: '3319', name: 'Bunga Anggraini', phone: '+628100000077', role: 'Admin SIAK pusat' }],
});
const changes = contactChanges.meta({ examples: [{ phone: '+628100000078' }] });

/** The people to whom a hand-off may be sent: who works on tickets reads those in reach, administrators keep them. */
@ApiTags('Administration')
@Controller('v1/contacts')
export class ContactsController {
  constructor(private readonly contacts: Contacts) {}

  @Get()
  @May('contacts:read')
  @ApiOperation({ summary: 'List the contacts of the offices in reach, and of the nodes above' })
  @ApiOkResponse({ standardSchema: listOf(contact) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<ContactView>> {
    return this.contacts.list(officer, query);
  }

  @Post()
  @May('contacts:write')
  @ApiOperation({ summary: 'Add a contact' })
  @ApiCreatedResponse({ standardSchema: contact })
  create(
    @CurrentOfficer() admin: OfficerActor,
    @Body({ schema: newContact }) input: ContactInput,
  ): Promise<ContactView> {
    return this.contacts.create(admin, input);
  }

  @Patch(':id')
  @May('contacts:write')
  @ApiOperation({ summary: 'Change a contact; a disabled one gets no new hand-offs' })
  @ApiOkResponse({ standardSchema: contact })
  update(
    @CurrentOfficer() admin: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: changes }) input: ContactChanges,
  ): Promise<ContactView> {
    return this.contacts.update(admin, id, input);
  }
}
