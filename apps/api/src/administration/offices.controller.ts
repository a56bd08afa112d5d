import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { listOf } from '../http/list-of';
import { time } from '../http/times';
import { Offices, type OfficerActor } from '@sinkron/accounts';
import { closureParts, OfficeClosures, type OfficeState } from '@sinkron/closures';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import {
  officeChanges,
  type OfficeChanges,
  officeClosing,
  type OfficeClosing,
  officeInput,
  type OfficeInput,
  officeLevels,
  type OfficeView,
  zones,
} from '@sinkron/offices';
import { z } from 'zod';

const office = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  level: z.enum(officeLevels),
  parent: z.string().nullable().describe('Code of the office above'),
  zone: z.enum(zones),
  successor: z
    .string()
    .nullable()
    .describe('Code of the office that takes over; null while this one is neither closing nor closed'),
  closedAt: time.nullable().describe('When everything it had was with the successor'),
});

/** How much is at a closing office still. */
const left = z
  .record(z.enum(closureParts), z.int())
  .describe(
    'How many are not with the successor yet: `tickets` that are open, `escalations` that are not over, ' +
      '`offices` below a province',
  );

const officeState = office.extend({
  closing: z
    .object({ successor: z.string(), since: time, left })
    .nullable()
    .describe('While what it had is on its way to the successor'),
  closingNote: z.string().nullable().describe('Why it closes'),
});

const newOffice = officeInput.meta({
  examples: [
    {
      code: '3321',
      name: 'Dinas Dukcapil Kabupaten Demak',
      level: 'office',
      parent: '33',
      zone: 'Asia/Jakarta',
    },
  ],
});
const closing = officeClosing.meta({
  example: { successor: '3319', note: 'Digabung dengan Kudus, SK 12/2030.' },
});
const changes = officeChanges.meta({ examples: [{ name: 'Dinas Dukcapil Kabupaten Demak' }] });

/** The tree of offices, for administrators: each sees and changes what lies below their own. */
@ApiTags('Administration')
@May('offices')
@Controller('v1/offices')
export class OfficesController {
  constructor(
    private readonly offices: Offices,
    private readonly closures: OfficeClosures,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List offices' })
  @ApiOkResponse({ standardSchema: listOf(office) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<OfficeView>> {
    return this.offices.list(officer, query);
  }

  @Post()
  @ApiOperation({ summary: 'Add an office' })
  @ApiCreatedResponse({ standardSchema: office })
  create(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: newOffice }) input: OfficeInput,
  ): Promise<OfficeView> {
    return this.offices.create(officer, input);
  }

  @Get(':code')
  @ApiOperation({ summary: 'One office; while it closes, how much is left to be moved' })
  @ApiOkResponse({ standardSchema: officeState })
  find(@CurrentOfficer() officer: OfficerActor, @Param('code') code: string): Promise<OfficeState> {
    return this.closures.find(officer, code);
  }

  @Post(':code/close')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close an office: what it has goes to a successor; safe to repeat',
    description:
      'From now on it takes nothing new, and whoever tries is told which office does. Open tickets with their history, ' +
      'escalations with whoever has them, officers, rotas, the escalation policy, contacts and webhooks go to the ' +
      'successor, an office of the same level; the offices below a province go with it. Holidays and rules that the ' +
      'successor has of its own hold; a contact with a phone that it knows, and a webhook beyond its limit, stay behind, ' +
      'disabled. Closed tickets stay where they were, and officers of the successor read them. `GET` on the office ' +
      'tells how far it is. Your scope must hold both offices, and it cannot be undone.',
  })
  @ApiOkResponse({ standardSchema: officeState })
  close(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: closing }) input: OfficeClosing,
  ): Promise<OfficeState> {
    return this.closures.close(officer, code, input);
  }

  @Patch(':code')
  @ApiOperation({ summary: 'Change name, place in the tree or zone of an office' })
  @ApiOkResponse({ standardSchema: office })
  update(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: changes }) input: OfficeChanges,
  ): Promise<OfficeView> {
    return this.offices.update(officer, code, input);
  }
}
