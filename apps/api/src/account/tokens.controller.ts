import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
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
import {
  personalTokenInput,
  type PersonalTokenInput,
  PersonalTokens,
  type PersonalTokenView,
  type OfficerActor,
  tokenScopes,
} from '@sinkron/accounts';
import { z } from 'zod';

const token = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe('To the hour; null when it was never used'),
});
const newToken = token.extend({
  token: z.string().describe('For the header `Authorization: Bearer`; begins `sinkron_pat_`; shown only now'),
});
const tokens = z.object({ items: z.array(token), nextCursor: z.null() });

const input = personalTokenInput.meta({
  examples: [{ name: 'Laporan mingguan', scopes: ['cases:read'], expiresInDays: 90 }],
});

/** Keys for REST clients: no more than their owner may do, and never the account or administration. */
@ApiTags('Account')
@May('account')
@Controller('v1/account/tokens')
export class TokensController {
  constructor(private readonly tokens: PersonalTokens) {}

  @Post()
  @ApiOperation({ summary: 'Make a personal access token' })
  @ApiCreatedResponse({ standardSchema: newToken })
  create(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: input }) wanted: PersonalTokenInput,
  ): Promise<PersonalTokenView & { token: string }> {
    return this.tokens.create(officer, wanted);
  }

  @Get()
  @ApiOperation({ summary: 'Your personal access tokens that stand, oldest first' })
  @ApiOkResponse({ standardSchema: tokens })
  async list(
    @CurrentOfficer() officer: OfficerActor,
  ): Promise<{ items: PersonalTokenView[]; nextCursor: null }> {
    return { items: await this.tokens.list(officer), nextCursor: null };
  }

  @Delete(':id')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Revoke a personal access token; it ends within a second' })
  @ApiNoContentResponse()
  revoke(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<void> {
    return this.tokens.revoke(officer, id);
  }
}
