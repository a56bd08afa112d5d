import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { type CheckName, type Finding, findingStates } from './checks';
import { durationNames, Health, type Readiness, readinessStates } from './health';

const finding = z.object({
  status: z.enum(findingStates),
  detail: z.string().optional().describe('For the person on duty'),
});
const checks = z.object({
  database: finding.describe('The database answers and takes writes'),
  migrations: finding.describe('All migrations of this version have run'),
  redis: finding.describe('Redis answers'),
  redisPolicy: finding.describe('Redis does not throw jobs away under pressure'),
  worker: finding.describe('A worker has sent a heartbeat of late'),
  ladder: finding.describe('No escalation waits for a step that is overdue'),
} satisfies Record<CheckName, z.ZodType<Finding>>);
const readiness = z.object({
  status: z.enum(readinessStates),
  durations: z.enum(durationNames).meta({ description: 'The durations that the process works with' }),
  checks,
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
