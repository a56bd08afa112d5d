import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sinkron/access';
import type { z } from 'zod';
import { CurrentOfficer, May } from '../auth/doors';
import { CallersLanguage, type Language } from '../tickets/language';
import { Overview, type OverviewView, overview } from './overview';
import { type StuckPage, stuckPage, stuckQuestion } from './stuck-schemas';
import { StuckViews } from './stuck-views';

/** What waits, for whom, and how the centre is doing. */
@ApiTags('Cases')
@Controller('v1')
export class WaitingController {
  constructor(
    @Inject(StuckViews) private readonly stuck: StuckViews,
    @Inject(Overview) private readonly all: Overview,
  ) {}

  @Get('stuck')
  @May('cases:read')
  @ApiOperation({
    summary: 'List what waits, longest first, with its reason, who owns it and what comes next',
  })
  @ApiOkResponse({ standardSchema: stuckPage })
  list(
    @CurrentOfficer() officer: Principal,
    @Query({ schema: stuckQuestion }) query: z.output<typeof stuckQuestion>,
    @CallersLanguage() language: Language,
  ): Promise<StuckPage> {
    return this.stuck.page(officer, query, language);
  }

  @Get('overview')
  @May('overview:read')
  @ApiOperation({ summary: 'How the centre is doing now, and what waits in your offices, in one call' })
  @ApiOkResponse({ standardSchema: overview })
  read(@CurrentOfficer() officer: Principal, @CallersLanguage() language: Language): Promise<OverviewView> {
    return this.all.read(officer, language);
  }
}
