import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type OfficeChanges,
  type OfficeInput,
  type OfficeView,
  Offices,
  type Page,
  type PageQuery,
  type Principal,
  officeChanges,
  officeInput,
  officeLevels,
  pageQuery,
  zones,
} from '@sinkron/access';
import { z } from 'zod';
import { CurrentOfficer, May } from '../auth/doors';
import { pageOf } from './page-of';

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
  constructor(@Inject(Offices) private readonly offices: Offices) {}

  @Get()
  @ApiOperation({ summary: 'List offices' })
  @ApiOkResponse({ standardSchema: pageOf(office) })
  list(
    @CurrentOfficer() officer: Principal,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<OfficeView>> {
    return this.offices.list(officer, query);
  }

  @Post()
  @ApiOperation({ summary: 'Add an office' })
  @ApiCreatedResponse({ standardSchema: office })
  create(
    @CurrentOfficer() officer: Principal,
    @Body({ schema: newOffice }) input: OfficeInput,
  ): Promise<OfficeView> {
    return this.offices.create(officer, input);
  }

  @Patch(':code')
  @ApiOperation({ summary: 'Change name, place in the tree or zone of an office' })
  @ApiOkResponse({ standardSchema: office })
  update(
    @CurrentOfficer() officer: Principal,
    @Param('code') code: string,
    @Body({ schema: changes }) input: OfficeChanges,
  ): Promise<OfficeView> {
    return this.offices.update(officer, code, input);
  }
}
