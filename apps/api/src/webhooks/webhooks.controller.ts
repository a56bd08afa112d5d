import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { listOf } from '../http/list-of';
import { newWebhook, replay, replayed, webhook, webhookChanges, webhookWithSecret } from './webhook-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import { type Page, pageQuery, type PageQuery } from '@sinkron/database';
import {
  type EndpointChanges,
  type EndpointInput,
  type Replayed,
  type ReplayInput,
  WebhookEndpoints,
  type WebhookView,
  type WebhookWithSecret,
} from '@sinkron/webhooks';

/** Addresses of other programs to which events are posted, signed by the Standard Webhooks specification. */
@ApiTags('Events')
@May('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly endpoints: WebhookEndpoints) {}

  @Get()
  @ApiOperation({ summary: 'List the webhooks of your offices' })
  @ApiOkResponse({ standardSchema: listOf(webhook) })
  list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<WebhookView>> {
    return this.endpoints.list(officer, query);
  }

  @Post()
  @ApiOperation({
    summary: 'Add a webhook; its secret is in this answer alone',
    description:
      'Events are posted as CloudEvents (openapi/events.json) with the headers `webhook-id`, `webhook-timestamp` and ' +
      '`webhook-signature` (standardwebhooks.com). Any 2xx within 10 s takes one; 410 disables the webhook; anything ' +
      'else is tried again for three days. Redirects are not followed. The same event may come twice: know it by ' +
      '`webhook-id`.',
  })
  @ApiCreatedResponse({ standardSchema: webhookWithSecret })
  create(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: newWebhook }) input: EndpointInput,
  ): Promise<WebhookWithSecret> {
    return this.endpoints.create(officer, input);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a webhook, and how it is doing' })
  @ApiOkResponse({ standardSchema: webhook })
  read(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<WebhookView> {
    return this.endpoints.find(officer, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change address, description or types of a webhook' })
  @ApiOkResponse({ standardSchema: webhook })
  update(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: webhookChanges }) input: EndpointChanges,
  ): Promise<WebhookView> {
    return this.endpoints.update(officer, id, input);
  }

  @Delete(':id')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Remove a webhook; what waits for it is not sent' })
  @ApiNoContentResponse()
  remove(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<void> {
    return this.endpoints.remove(officer, id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Give it a new secret; for 24 hours the old one signs beside it' })
  @ApiOkResponse({ standardSchema: webhookWithSecret })
  rotateSecret(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<WebhookWithSecret> {
    return this.endpoints.rotateSecret(officer, id);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Send it nothing any more; what waits for it is dropped' })
  @ApiOkResponse({ standardSchema: webhook })
  disable(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<WebhookView> {
    return this.endpoints.disable(officer, id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Send it again what happens from now on; what it missed, replay' })
  @ApiOkResponse({ standardSchema: webhook })
  enable(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<WebhookView> {
    return this.endpoints.enable(officer, id);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send it past events once more, 500 at a time, of the last seven days' })
  @ApiAcceptedResponse({ standardSchema: replayed })
  replay(
    @CurrentOfficer() officer: OfficerActor,
    @Param('id') id: string,
    @Body({ schema: replay }) wanted: ReplayInput,
  ): Promise<Replayed> {
    return this.endpoints.replay(officer, id, wanted);
  }
}
