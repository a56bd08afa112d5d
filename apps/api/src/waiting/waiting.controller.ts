import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { CallersLanguage, type Language } from '../http/language';
import { overview, Overview, type OverviewView } from './overview';
import { stuckPage, type StuckPage, stuckQuestion } from './stuck-schemas';
import { StuckViews } from './stuck-views';
import type { OfficerActor } from '@sinkron/accounts';
import type { z } from 'zod';

/** Which tickets wait, for whom, and how the centre is doing. */
@ApiTags('Cases')
@Controller('v1')
export class WaitingController {
  constructor(
    private readonly stuck: StuckViews,
    private readonly whole: Overview,
  ) {}

  @Get('stuck')
  @May('cases:read')
  @ApiOperation({
    summary:
      'List the tickets that wait, longest wait first, each with its reason, its owner and its next step',
  })
  @ApiOkResponse({ standardSchema: stuckPage })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: stuckQuestion }) query: z.output<typeof stuckQuestion>,
    @CallersLanguage() language: Language,
  ): Promise<StuckPage> {
    return this.stuck.page(officer, query, language);
  }

  @Get('overview')
  @May('overview:read')
  @ApiOperation({ summary: 'Read how the centre is doing and what waits in your offices, in one call' })
  @ApiOkResponse({ standardSchema: overview })
  read(
    @CurrentOfficer() officer: OfficerActor,
    @CallersLanguage() language: Language,
  ): Promise<OverviewView> {
    return this.whole.read(officer, language);
  }
}
