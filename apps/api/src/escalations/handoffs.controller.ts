import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import {
  changedHandoffs,
  type ChangedHandoffs,
  composed,
  type Composed,
  newBundle,
  type NewBundle,
  receipt,
} from './escalation-schemas';
import { EscalationViews } from './escalation-views';
import { HandoffComposing } from './handoff-composing';
import type { OfficerActor } from '@sinkron/accounts';
import { Handoffs } from '@sinkron/escalation';
import type { z } from 'zod';

/**
 * Messages to contacts at the centre; each step is a fact that an officer states. The id is that of one hand-off or of
 * the whole message.
 */
@ApiTags('Escalations')
@May('escalations')
@Controller('v1/handoffs')
export class HandoffsController {
  constructor(
    private readonly handoffs: Handoffs,
    private readonly composing: HandoffComposing,
    private readonly views: EscalationViews,
  ) {}

  @Post()
  @May('handoffs')
  @ApiOperation({
    summary: 'Compose one message about several escalations; each has its own confirmation and outcome',
  })
  @ApiCreatedResponse({ standardSchema: composed })
  compose(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: newBundle }) bundle: NewBundle,
  ): Promise<Composed> {
    return this.composing.compose(officer, bundle);
  }

  @Post(':id/sent')
  @May('handoffs')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'State that it was sent; from now on its confirmation has a deadline' })
  @ApiOkResponse({ standardSchema: changedHandoffs })
  async sent(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<ChangedHandoffs> {
    return this.views.all(await this.handoffs.sent(officer, id));
  }

  @Post(':id/received')
  @HttpCode(200)
  @ApiOperation({ summary: 'State that the contact has it: who, and how they confirmed it' })
  @ApiOkResponse({ standardSchema: changedHandoffs })
  async received(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: receipt }) input: z.output<typeof receipt>,
  ): Promise<ChangedHandoffs> {
    return this.views.all(await this.handoffs.confirmed(officer, id, input));
  }

  @Post(':id/void')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Void it: it was not sent after all, or went to the wrong person' })
  @ApiOkResponse({ standardSchema: changedHandoffs })
  async void(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<ChangedHandoffs> {
    return this.views.all(await this.handoffs.voided(officer, id));
  }
}
