import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sinkron/access';
import { Handoffs } from '@sinkron/escalation';
import type { z } from 'zod';
import { CurrentOfficer, May } from '../auth/doors';
import { mayBeEmpty } from '../tickets/empty-body';
import { receipt } from './escalation-schemas';
import { type HandoffView, handoffView } from './escalation-view';
import { EscalationViews } from './escalation-views';

/** What became of a message to a contact; each step is a fact that an officer states. */
@ApiTags('Escalations')
@May('escalations')
@Controller('v1/handoffs/:id')
export class HandoffsController {
  constructor(
    @Inject(Handoffs) private readonly handoffs: Handoffs,
    @Inject(EscalationViews) private readonly views: EscalationViews,
  ) {}

  @Post('sent')
  @May('handoffs')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'I have sent it; from now on its receipt has a deadline' })
  @ApiOkResponse({ standardSchema: handoffView })
  async sent(@CurrentOfficer() officer: Principal, @Param('id') id: string): Promise<HandoffView> {
    return this.views.handoff(await this.handoffs.sent(officer, id));
  }

  @Post('received')
  @HttpCode(200)
  @ApiOperation({ summary: 'The contact has it: who, and how they confirmed it' })
  @ApiOkResponse({ standardSchema: handoffView })
  async received(
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @Body({ schema: receipt }) input: z.output<typeof receipt>,
  ): Promise<HandoffView> {
    return this.views.handoff(await this.handoffs.received(officer, id, input));
  }

  @Post('void')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'It was not sent after all, or went to the wrong person' })
  @ApiOkResponse({ standardSchema: handoffView })
  async void(@CurrentOfficer() officer: Principal, @Param('id') id: string): Promise<HandoffView> {
    return this.views.handoff(await this.handoffs.voided(officer, id));
  }
}
