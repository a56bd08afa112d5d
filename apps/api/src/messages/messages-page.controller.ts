import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/route-access';
import { constantPage, sendConstantPage } from '../http/pages/html-page';
import { messagesPage } from './messages-page';

const catalogue = constantPage(messagesPage);

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
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendConstantPage(request, reply, catalogue);
  }
}
