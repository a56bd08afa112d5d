import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { eventsDocument } from './async-document';

const document = eventsDocument();

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
  read(): object {
    return document;
  }
}
