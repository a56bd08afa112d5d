import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Page, type PageQuery, type Principal, pageQuery } from '@sinkron/access';
import { type EffectivePolicy, Policies, type PolicyRules, type PolicyView } from '@sinkron/escalation';
import { pageOf } from '../administration/page-of';
import { CurrentOfficer, May } from '../auth/doors';
import { mayBeEmpty } from '../tickets/empty-body';
import { effectivePolicy, ownPolicy, policyBody } from './on-call-schemas';

/** How escalations of each office reach a person. */
@ApiTags('On call')
@May('on-call:write')
@Controller('v1')
export class PoliciesController {
  constructor(@Inject(Policies) private readonly policies: Policies) {}

  @Get('escalation-policies')
  @May('on-call:read')
  @ApiOperation({ summary: 'List the offices of your scope that have rules of their own' })
  @ApiOkResponse({ standardSchema: pageOf(ownPolicy) })
  list(
    @CurrentOfficer() officer: Principal,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<PolicyView>> {
    return this.policies.list(officer, query);
  }

  @Get('offices/:code/escalation-policy')
  @May('on-call:read')
  @ApiOperation({
    summary: 'The rules that hold for an office: its own, else those of the nearest node above',
  })
  @ApiOkResponse({ standardSchema: effectivePolicy })
  show(@CurrentOfficer() officer: Principal, @Param('code') code: string): Promise<EffectivePolicy> {
    return this.policies.show(officer, code);
  }

  @Put('offices/:code/escalation-policy')
  @ApiOperation({
    summary:
      'Give an office rules of its own, for itself and all below it; what is under way keeps the old ones',
  })
  @ApiOkResponse({ standardSchema: effectivePolicy })
  put(
    @CurrentOfficer() officer: Principal,
    @Param('code') code: string,
    @Body({ schema: policyBody }) rules: PolicyRules,
  ): Promise<EffectivePolicy> {
    return this.policies.put(officer, code, rules);
  }

  @Delete('offices/:code/escalation-policy')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: "Take an office's own rules away; those of the nodes above hold again" })
  @ApiNoContentResponse()
  remove(@CurrentOfficer() officer: Principal, @Param('code') code: string): Promise<void> {
    return this.policies.remove(officer, code);
  }
}
