import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
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
import { changedRota, newOverride, newRota, rota, rotaNow } from './on-call-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import {
  type OverrideInput,
  type RotaChange,
  type RotaInput,
  type RotaNow,
  Rotas,
  type RotaView,
} from '@sinkron/escalation';

/** Officers who take turns; a policy asks whoever has the turn. */
@ApiTags('On call')
@May('on-call:write')
@Controller('v1/rotas')
export class RotasController {
  constructor(private readonly rotas: Rotas) {}

  @Get()
  @May('on-call:read')
  @ApiOperation({ summary: 'List the rotas of the offices in reach, and of the nodes above' })
  @ApiOkResponse({ standardSchema: listOf(rota) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<RotaView>> {
    return this.rotas.list(officer, query);
  }

  @Get(':id')
  @May('on-call:read')
  @ApiOperation({ summary: 'Who has the turn now, the next shift changes, and the overrides' })
  @ApiOkResponse({ standardSchema: rotaNow })
  show(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<RotaNow> {
    return this.rotas.find(officer, id);
  }

  @Post()
  @ApiOperation({
    summary:
      'Add a rota; its members are of its office or of a node above, and see all that they are asked about',
  })
  @ApiCreatedResponse({ standardSchema: rotaNow })
  create(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: newRota }) input: RotaInput,
  ): Promise<RotaNow> {
    return this.rotas.create(officer, input);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change name and plan of a rota' })
  @ApiOkResponse({ standardSchema: rotaNow })
  change(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: changedRota }) input: RotaChange,
  ): Promise<RotaNow> {
    return this.rotas.change(officer, id, input);
  }

  @Delete(':id')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Remove a rota that no policy asks' })
  @ApiNoContentResponse()
  remove(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<void> {
    return this.rotas.remove(officer, id);
  }

  @Post(':id/overrides')
  @ApiOperation({ summary: 'Add an override: somebody else has the turn for a while' })
  @ApiCreatedResponse({ standardSchema: rotaNow })
  addOverride(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: newOverride }) input: OverrideInput,
  ): Promise<RotaNow> {
    return this.rotas.addOverride(officer, id, input);
  }

  @Delete(':id/overrides/:overrideId')
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Remove an override; the answer shows the rota as it is then' })
  @ApiOkResponse({ standardSchema: rotaNow })
  removeOverride(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Param('overrideId') overrideId: string,
  ): Promise<RotaNow> {
    return this.rotas.removeOverride(officer, id, overrideId);
  }
}
