import { createHash, timingSafeEqual } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { SignedRoute } from '../http/limits/signed-route';
import { CloudInbox } from './cloud-inbox';
import { type Config, CONFIG } from '@sinkron/config';
import { isSigned, readCloudWebhook } from '@sinkron/messaging';
import { notFound, Problem } from '@sinkron/observability';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** By which Meta makes sure, once, that the webhook is ours. */
const handshake = z.strictObject({
  'hub.mode': z.string().max(32).optional(),
  'hub.verify_token': z.string().max(512).optional(),
  'hub.challenge': z.string().max(512).optional(),
});

/** Meta's door: what people write to our number, and what became of our messages. */
@ApiTags('Channels')
@Public()
@Controller('v1/channels/whatsapp/webhook')
export class WhatsAppController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly inbox: CloudInbox,
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
  @ApiOperation({ summary: 'What Meta tells of messages; signed in `X-Hub-Signature-256`' })
  @ApiOkResponse({ description: 'It was taken' })
  async take(
    @Body() body: unknown,
    @Headers('x-hub-signature-256') signature: string | undefined,
  ): Promise<void> {
    const { appSecret } = this.config.messaging.whatsapp;
    if (appSecret === null) throw notFound();
    if (!Buffer.isBuffer(body) || !isSigned(body, signature, appSecret)) throw notSigned();
    await this.inbox.take(readCloudWebhook(parsed(body)));
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
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
