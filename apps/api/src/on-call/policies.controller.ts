import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { listOf } from '../http/list-of';
import { effectivePolicy, ownPolicy, policyBody } from './on-call-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import { type EffectivePolicy, Policies, type PolicyRules, type PolicyView } from '@sinkron/escalation';

/** How escalations of each office reach a person. */
@ApiTags('On call')
@May('on-call:write')
@Controller('v1')
export class PoliciesController {
  constructor(private readonly policies: Policies) {}

  @Get('escalation-policies')
  @May('on-call:read')
  @ApiOperation({ summary: 'List the offices of your scope that have rules of their own' })
  @ApiOkResponse({ standardSchema: listOf(ownPolicy) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<PolicyView>> {
    return this.policies.list(officer, query);
  }

  @Get('offices/:code/escalation-policy')
  @May('on-call:read')
  @ApiOperation({
    summary: 'The rules that apply to an office: its own, else those of the nearest node above',
  })
  @ApiOkResponse({ standardSchema: effectivePolicy })
  show(@CurrentOfficer() officer: OfficerActor, @Param('code') code: string): Promise<EffectivePolicy> {
    return this.policies.show(officer, code);
  }

  @Put('offices/:code/escalation-policy')
  @ApiOperation({
    summary:
      'Give an office rules of its own, for itself and all below it; open escalations keep the old ones',
  })
  @ApiOkResponse({ standardSchema: effectivePolicy })
  put(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: policyBody }) rules: PolicyRules,
  ): Promise<EffectivePolicy> {
    return this.policies.put(officer, code, rules);
  }

  @Delete('offices/:code/escalation-policy')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: "Take an office's own rules away; those of the nodes above apply again" })
  @ApiNoContentResponse()
  remove(@CurrentOfficer() officer: OfficerActor, @Param('code') code: string): Promise<void> {
    return this.policies.remove(officer, code);
  }
}
