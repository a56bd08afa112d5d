import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { listOf } from '../http/list-of';
import {
  OfficerAccess,
  officerChanges,
  type OfficerChanges,
  officerInput,
  type OfficerInput,
  Officers,
  type OfficerView,
  type OfficerActor,
  roles,
} from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import { zones } from '@sinkron/offices';
import { z } from 'zod';

const officer = z.object({
  id: z.uuid(),
  email: z.email(),
  name: z.string(),
  role: z.enum(roles),
  office: z.object({ code: z.string(), name: z.string() }),
  phone: z.string().nullable().describe('E.164; for WhatsApp about escalations'),
  zone: z.enum(zones).nullable().describe("The officer's own clock; null: that of the office"),
  disabled: z.boolean(),
  createdAt: z.iso.datetime(),
});

const newOfficer = officerInput.meta({
  examples: [
    {
      email: 'melati.lestari@demo.sinkron.test',
      name: 'Melati Lestari',
      role: 'officer',
      office: '3319',
      phone: '+628100000021',
      password: 'pilih-kata-sandi-panjang',
    },
  ],
});
const changes = officerChanges.meta({ examples: [{ role: 'supervisor' }] });

/** Who may sign in: administrators keep those of the offices below their own, supervisors see them. */
@ApiTags('Administration')
@May('officers:write')
@Controller('v1/officers')
export class OfficersController {
  constructor(
    private readonly officers: Officers,
    private readonly access: OfficerAccess,
  ) {}

  @Get()
  @May('officers:read')
  @ApiOperation({ summary: 'List officers' })
  @ApiOkResponse({ standardSchema: listOf(officer) })
  list(
    @CurrentOfficer() admin: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<OfficerView>> {
    return this.officers.list(admin, query);
  }

  @Post()
  @ApiOperation({ summary: 'Add an officer' })
  @ApiCreatedResponse({ standardSchema: officer })
  create(
    @CurrentOfficer() admin: OfficerActor,
    @Body({ schema: newOfficer }) input: OfficerInput,
  ): Promise<OfficerView> {
    return this.officers.create(admin, input);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an officer; a new password ends their sessions' })
  @ApiOkResponse({ standardSchema: officer })
  update(
    @CurrentOfficer() admin: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: changes }) input: OfficerChanges,
  ): Promise<OfficerView> {
    return this.officers.update(admin, id, input);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Close the account of an officer; their sessions end within a second' })
  @ApiOkResponse({ standardSchema: officer })
  disable(@CurrentOfficer() admin: OfficerActor, @Param('id') id: string): Promise<OfficerView> {
    return this.officers.update(admin, id, { disabled: true });
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: "End all of an officer's sessions and personal access tokens, within a second" })
  @ApiNoContentResponse()
  endSessions(@CurrentOfficer() admin: OfficerActor, @Param('id') id: string): Promise<void> {
    return this.access.endSessions(admin, id);
  }

  @Delete(':id/totp')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({
    summary: "Take away an officer's second factor, when phone and recovery codes are lost; sessions end",
  })
  @ApiNoContentResponse()
  resetFactor(@CurrentOfficer() admin: OfficerActor, @Param('id') id: string): Promise<void> {
    return this.access.resetFactor(admin, id);
  }
}
