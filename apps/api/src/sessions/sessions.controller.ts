import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { BeforeSecondFactor, CurrentOfficer, May, Public } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import {
  type OfficerActor,
  refreshInput,
  type RefreshInput,
  Sessions,
  type SessionView,
  SignIn,
  signInInput,
  type SignInInput,
  type Tokens,
} from '@sinkron/accounts';
import { z } from 'zod';

const tokens = z.object({
  accessToken: z.string().describe('For the header `Authorization: Bearer`'),
  refreshToken: z.string().describe('For one `POST /v1/sessions/refresh`, which gives the next'),
  expiresIn: z.int().describe('Seconds for which the access token is good'),
});

const sessions = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      createdAt: z.iso.datetime(),
      lastSeenAt: z.iso.datetime().describe('To a quarter of an hour'),
      expiresAt: z.iso.datetime(),
      current: z.boolean().describe('The session that asks'),
      network: z.string().nullable().describe('From where it was opened, masked'),
    }),
  ),
  nextCursor: z.null(),
});

const signIn = signInInput.meta({
  examples: [{ email: 'petugas.kudus@demo.sinkron.test', password: 'kata sandi dari .local/demo.json' }],
});
const refresh = refreshInput.meta({
  examples: [{ refreshToken: 'refreshToken of the last answer' }],
});

/** Officers come and go. */
@ApiTags('Sessions')
@May('account')
@Controller('v1/sessions')
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
  ) {}

  @Public()
  @Post()
  @ApiOperation({ summary: 'Sign in; `otp` where a second factor is set up' })
  @ApiCreatedResponse({ standardSchema: tokens })
  create(@Body({ schema: signIn }) input: SignInInput, @Ip() address: string): Promise<Tokens> {
    return this.signIn.signIn(input, address);
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'Get new tokens; a refresh token that is used twice ends the session' })
  @ApiOkResponse({ standardSchema: tokens })
  refresh(@Body({ schema: refresh }) { refreshToken }: RefreshInput): Promise<Tokens> {
    return this.signIn.refresh(refreshToken);
  }

  @BeforeSecondFactor()
  @Get()
  @ApiOperation({ summary: 'Your sessions that stand, oldest first' })
  @ApiOkResponse({ standardSchema: sessions })
  async list(@CurrentOfficer() officer: OfficerActor): Promise<{ items: SessionView[]; nextCursor: null }> {
    return { items: await this.sessions.list(officer), nextCursor: null };
  }

  @BeforeSecondFactor()
  @Delete('current')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  end(@CurrentOfficer() officer: OfficerActor): Promise<void> {
    return this.sessions.end(officer, officer.sessionId);
  }

  @BeforeSecondFactor()
  @Delete(':id')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'End one of your sessions; it ends within a second' })
  @ApiNoContentResponse()
  endOne(@CurrentOfficer() officer: OfficerActor, @Param('id') id: string): Promise<void> {
    return this.sessions.end(officer, id);
  }

  @BeforeSecondFactor()
  @Delete()
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Sign out everywhere; every session of yours ends within a second' })
  @ApiNoContentResponse()
  endAll(@CurrentOfficer() officer: OfficerActor): Promise<void> {
    return this.sessions.endAll(officer);
  }
}
