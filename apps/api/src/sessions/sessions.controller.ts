import { Body, Controller, Delete, HttpCode, Inject, Ip, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  type Principal,
  type RefreshInput,
  SignIn,
  type SignInInput,
  type Tokens,
  refreshInput,
  signInInput,
} from '@sinkron/access';
import { z } from 'zod';
import { CurrentOfficer, May, Public } from '../auth/doors';
import { mayBeEmpty } from '../tickets/empty-body';

const tokens = z.object({
  accessToken: z.string().describe('For the header `Authorization: Bearer`'),
  refreshToken: z.string().describe('For one `POST /v1/sessions/refresh`, which gives the next'),
  expiresIn: z.int().describe('Seconds for which the access token is good'),
});

const signIn = signInInput.meta({
  examples: [{ email: 'petugas.kudus@demo.sinkron.test', password: 'kata sandi dari .local/demo.json' }],
});
const refresh = refreshInput.meta({
  examples: [{ refreshToken: 'refreshToken of the last answer' }],
});

/** Officers come and go. */
@ApiTags('Sessions')
@Controller('v1/sessions')
export class SessionsController {
  constructor(@Inject(SignIn) private readonly signIn: SignIn) {}

  @Public()
  @Post()
  @ApiOperation({ summary: 'Sign in' })
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

  @Delete('current')
  @May('account')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  end(@CurrentOfficer() { sessionId }: Principal): Promise<void> {
    return this.signIn.end(sessionId);
  }
}
