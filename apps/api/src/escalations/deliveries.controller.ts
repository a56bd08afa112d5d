import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { listOf } from '../http/list-of';
import { stepMessage, viewMessage } from './escalation-story';
import type { OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery } from '@sinkron/database';
import { type Delivery, Deliveries, deliveryKinds, deliveryStates } from '@sinkron/messaging';
import { z } from 'zod';

const deliveryView = stepMessage.extend({
  kind: z.enum(deliveryKinds).describe('To an officer, an applicant, or a webhook'),
  template: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
type DeliveryView = z.output<typeof deliveryView>;

const deliveryQuery = pageQuery.extend({
  state: z.enum(deliveryStates).optional().describe('`dead` are those that a person must see to'),
});

/** Messages and what became of them, without addresses and texts. */
@ApiTags('Messages')
@May('deliveries')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @ApiOperation({ summary: 'List messages of your offices, newest first' })
  @ApiOkResponse({ standardSchema: listOf(deliveryView) })
  async list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: deliveryQuery }) query: z.output<typeof deliveryQuery>,
  ): Promise<Page<DeliveryView>> {
    const { items, nextCursor } = await this.deliveries.list(officer, query);
    return { items: items.map(view), nextCursor };
  }

  @Post(':id/retry')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Try a dead message again' })
  @ApiOkResponse({ standardSchema: deliveryView })
  async retry(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<DeliveryView> {
    return view(await this.deliveries.retry(officer, id));
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'A dead message was seen to in another way' })
  @ApiOkResponse({ standardSchema: deliveryView })
  async dismiss(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<DeliveryView> {
    return view(await this.deliveries.dismiss(officer, id));
  }
}

function view(delivery: Delivery): DeliveryView {
  const { kind, template, createdAt } = delivery;
  return { ...viewMessage(delivery), kind, template, createdAt: createdAt.toISOString() };
}
