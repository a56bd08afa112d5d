import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sinkron/access';
import { Handoffs } from '@sinkron/escalation';
import type { z } from 'zod';
import { CurrentOfficer, May } from '../auth/doors';
import { mayBeEmpty } from '../tickets/empty-body';
import {
  type ChangedHandoffs,
  type Composed,
  type NewBundle,
  changedHandoffs,
  composed,
  newBundle,
  receipt,
} from './escalation-schemas';
import { EscalationViews } from './escalation-views';
import { HandoffComposing } from './handoff-composing';

/** What became of a message to a contact; each step is a fact that an officer states. The id is of one hand-off or of the whole message. */
@ApiTags('Escalations')
@May('escalations')
@Controller('v1/handoffs')
export class HandoffsController {
  constructor(
    @Inject(Handoffs) private readonly handoffs: Handoffs,
    @Inject(HandoffComposing) private readonly composing: HandoffComposing,
    @Inject(EscalationViews) private readonly views: EscalationViews,
  ) {}

  @Post()
  @May('handoffs')
  @ApiOperation({
    summary: 'Compose one message about several escalations; each keeps its own receipt and outcome',
  })
  @ApiCreatedResponse({ standardSchema: composed })
  compose(
    @CurrentOfficer() officer: Principal,
    @Body({ schema: newBundle }) bundle: NewBundle,
  ): Promise<Composed> {
    return this.composing.compose(officer, bundle);
  }

  @Post(':id/sent')
  @May('handoffs')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'I have sent it; from now on its receipt has a deadline' })
  @ApiOkResponse({ standardSchema: changedHandoffs })
  async sent(@CurrentOfficer() officer: Principal, @Param('id') id: string): Promise<ChangedHandoffs> {
    return this.views.all(await this.handoffs.sent(officer, id));
  }

  @Post(':id/received')
  @HttpCode(200)
  @ApiOperation({ summary: 'The contact has it: who, and how they confirmed it' })
  @ApiOkResponse({ standardSchema: changedHandoffs })
  async received(
    @CurrentOfficer() officer: Principal,
    @Param('id') id: string,
    @Body({ schema: receipt }) input: z.output<typeof receipt>,
  ): Promise<ChangedHandoffs> {
    return this.views.all(await this.handoffs.received(officer, id, input));
  }

  @Post(':id/void')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'It was not sent after all, or went to the wrong person' })
  @ApiOkResponse({ standardSchema: changedHandoffs })
  async void(@CurrentOfficer() officer: Principal, @Param('id') id: string): Promise<ChangedHandoffs> {
    return this.views.all(await this.handoffs.voided(officer, id));
  }
}
