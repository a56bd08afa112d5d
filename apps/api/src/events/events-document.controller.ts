import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { Constant } from '../http/constants/constant';
import { sendConstant } from '../http/constants/send-constant';
import { eventsDocument } from './async-document';
import type { FastifyReply, FastifyRequest } from 'fastify';

const document = new Constant('application/json; charset=utf-8', () => JSON.stringify(eventsDocument()));

/** What `openapi/events.json` holds, for those who build against a running desk. */
@ApiTags('Events')
@Public()
@Controller('events.json')
export class EventsDocumentController {
  @Get()
  @ApiOperation({ summary: 'The AsyncAPI document of all events' })
  @ApiOkResponse({
    description: 'AsyncAPI 3.0',
    content: { 'application/json': { schema: { type: 'object' } } },
  })
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendConstant(request, reply, document);
  }
}
