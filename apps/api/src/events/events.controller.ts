import { Controller, Get, Header, Headers, Query, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { bearerToken } from '../auth/signed-in.guard';
import { requireStreamReader, resumedAfter, streamQuery, type StreamQuery } from './event-schemas';
import { EventStreams } from './event-streams';
import type { OfficerActor } from '@sinkron/accounts';

/** What happens in the scope of whoever listens, while it happens. */
@ApiTags('Events')
@Controller('v1/events')
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Get()
  @May('events')
  // A proxy that collects an answer before it passes it on would keep it for ever.
  @Header('x-accel-buffering', 'no')
  @ApiOperation({
    summary: 'Live stream of events (server-sent events) of your offices, and of what concerns everybody',
    description:
      'Each message is `id: <position>`, `event: <type>` and, as `data`, a CloudEvent; the types are in ' +
      'openapi/events.json. It begins now, or after the `Last-Event-ID` that a client sends when it connects again: ' +
      'nothing is lost or doubled between. A comment every 10 s shows that it is alive. `event: reset` says that what ' +
      'comes after the id asked for is no longer kept: read the lists anew. The stream ends when the access token ' +
      'does, within a second of a right that is taken away, or when you do not read; connect again with a fresh token.',
  })
  @ApiHeader({ name: 'Accept', required: true, schema: { type: 'string', enum: ['text/event-stream'] } })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string', example: '4711' } })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  async stream(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: streamQuery }) { after, types }: StreamQuery,
    @Headers() headers: Record<string, string | undefined>,
  ): Promise<StreamableFile> {
    requireStreamReader(headers['accept']);
    const stream = await this.streams.open(
      { officer, bearerToken: bearerToken(headers['authorization']) },
      { after: resumedAfter(headers['last-event-id'], after), types: types ?? null },
    );
    return new StreamableFile(stream, { type: 'text/event-stream' });
  }
}
