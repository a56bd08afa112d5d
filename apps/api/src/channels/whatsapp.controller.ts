import { createHash, timingSafeEqual } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { SignedRoute } from '../http/limits/signed-route';
import { type Config, CONFIG } from '@sinkron/config';
import { Inbox, isSigned } from '@sinkron/lines';
import { notFound, Problem } from '@sinkron/observability';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** What Meta sends once, to make sure that the webhook is ours. */
const handshake = z.strictObject({
  'hub.mode': z.string().max(32).optional(),
  'hub.verify_token': z.string().max(512).optional(),
  'hub.challenge': z.string().max(512).optional(),
});

/** Where Meta posts what people write to our number, and what became of our messages. */
@ApiTags('Channels')
@Public()
@Controller('v1/channels/whatsapp/webhook')
export class WhatsAppController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly inbox: Inbox,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The challenge by which Meta sets the webhook up' })
  @ApiOkResponse({
    description: 'The challenge',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  prove(@Query({ schema: handshake }) query: z.output<typeof handshake>, @Res() reply: FastifyReply): void {
    const { verifyToken } = this.config.messaging.whatsapp;
    if (verifyToken === null) throw notFound();
    const { 'hub.mode': mode, 'hub.verify_token': token = '', 'hub.challenge': challenge = '' } = query;
    if (mode !== 'subscribe' || !isSame(token, verifyToken)) throw wrongToken();
    void reply.type('text/plain; charset=utf-8').send(challenge);
  }

  @Post()
  @HttpCode(200)
  @SignedRoute()
  @ApiOperation({
    summary: 'Messages and delivery reports from Meta; signed in `X-Hub-Signature-256`',
    description: 'It is stored and answered at once, and handled afterwards.',
  })
  @ApiOkResponse({ description: 'It is stored' })
  async take(
    @Body() body: unknown,
    @Headers('x-hub-signature-256') signature: string | undefined,
  ): Promise<void> {
    const { appSecret } = this.config.messaging.whatsapp;
    if (appSecret === null) throw notFound();
    if (!Buffer.isBuffer(body) || !isSigned(body, signature, appSecret)) throw notSigned();
    assertJson(body);
    await this.inbox.store('whatsapp', body);
  }
}

function assertJson(body: Buffer): void {
  try {
    JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem('malformed', { id: 'Isi permintaan bukan JSON.', en: 'The body is not JSON.' });
  }
}

/** In a time that says nothing of how much was right, nor how long it is. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function wrongToken(): Problem {
  return new Problem('forbidden', {
    id: 'Token verifikasi webhook tidak sesuai.',
    en: 'This is not the verify token of the webhook.',
  });
}

function notSigned(): Problem {
  return new Problem('unauthenticated', {
    id: 'Tanda tangan di header X-Hub-Signature-256 tidak sesuai dengan isi permintaan.',
    en: 'The signature in the header X-Hub-Signature-256 does not fit the body.',
  });
}
