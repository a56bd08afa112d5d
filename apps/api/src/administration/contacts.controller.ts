import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Page, type PageQuery, type Principal, pageQuery } from '@sinkron/access';
import {
  type ContactChanges,
  type ContactInput,
  type ContactView,
  Contacts,
  contactChanges,
  contactInput,
} from '@sinkron/escalation';
import { z } from 'zod';
import { CurrentOfficer, May } from '../auth/doors';
import { pageOf } from './page-of';

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

/** The people to whom a hand-off may be sent: who works on cases reads those in reach, administrators keep them. */
@ApiTags('Administration')
@Controller('v1/contacts')
export class ContactsController {
  constructor(@Inject(Contacts) private readonly contacts: Contacts) {}

  @Get()
  @May('contacts:read')
  @ApiOperation({ summary: 'List the contacts of the offices in reach, and of the nodes above' })
  @ApiOkResponse({ standardSchema: pageOf(contact) })
  list(
    @CurrentOfficer() officer: Principal,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<ContactView>> {
    return this.contacts.list(officer, query);
  }

  @Post()
  @May('contacts:write')
  @ApiOperation({ summary: 'Add a contact' })
  @ApiCreatedResponse({ standardSchema: contact })
  create(
    @CurrentOfficer() admin: Principal,
    @Body({ schema: newContact }) input: ContactInput,
  ): Promise<ContactView> {
    return this.contacts.create(admin, input);
  }

  @Patch(':id')
  @May('contacts:write')
  @ApiOperation({ summary: 'Change a contact; a disabled one gets no new hand-offs' })
  @ApiOkResponse({ standardSchema: contact })
  update(
    @CurrentOfficer() admin: Principal,
    @Param('id') id: string,
    @Body({ schema: changes }) input: ContactChanges,
  ): Promise<ContactView> {
    return this.contacts.update(admin, id, input);
  }
}
