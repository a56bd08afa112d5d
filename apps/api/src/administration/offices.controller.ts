import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { listOf } from '../http/list-of';
import { Offices, type OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import {
  officeChanges,
  type OfficeChanges,
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
const changes = officeChanges.meta({ examples: [{ name: 'Dinas Dukcapil Kabupaten Demak' }] });

/** The tree of offices, for administrators: each sees and changes what lies below their own. */
@ApiTags('Administration')
@May('offices')
@Controller('v1/offices')
export class OfficesController {
  constructor(private readonly offices: Offices) {}

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
