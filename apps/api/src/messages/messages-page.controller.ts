import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/route-access';
import { sendHtml } from '../http/pages/html-page';
import { messagesPage } from './messages-page';

/** The catalogue of messages, beside the document of the API. */
@ApiTags('Messages')
@Public()
@Controller('docs/messages')
export class MessagesPageController {
  @Get()
  @ApiOperation({ summary: 'Every message that is sent, rendered with samples' })
  @ApiOkResponse({
    description: 'The page, in Indonesian and English',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  show(@Res() reply: FastifyReply): void {
    sendHtml(reply, 200, messagesPage());
  }
}
