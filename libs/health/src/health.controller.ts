import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { Health, type Readiness } from './health';

const finding = z.object({ status: z.enum(['ok', 'degraded', 'away']), detail: z.string().optional() });
const readiness = z.object({
  status: z.enum(['ready', 'degraded', 'unavailable']),
  durations: z
    .enum(['production', 'demo durations', 'custom durations'])
    .meta({ description: 'Which clock the process runs by' }),
  checks: z.object({ database: finding, migrations: finding, redis: finding, redisPolicy: finding }),
});

/** For load balancers and the person on duty, in the API and in the worker. */
@ApiTags('Operations')
@ApiSecurity({})
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ summary: 'The process runs' })
  @ApiOkResponse({ standardSchema: z.object({ status: z.literal('live') }) })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'The process may be given work; each check answers within 2 s' })
  @ApiOkResponse({ standardSchema: readiness, description: 'Ready, or degraded with the reason' })
  @ApiServiceUnavailableResponse({ standardSchema: readiness, description: 'A check that is needed fails' })
  async ready(@Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<Readiness> {
    const answer = await this.health.readiness();
    if (answer.status === 'unavailable') reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return answer;
  }
}
