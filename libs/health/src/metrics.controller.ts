import { Controller, Get, Header, Inject, Req, UnauthorizedException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { mayReadMetrics, type MetricsRequest } from './may-read-metrics';
import { type Config, CONFIG } from '@sinkron/config';
import { metrics } from '@sinkron/observability';

/** For Prometheus. */
@ApiTags('Operations')
@ApiSecurity({})
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @Header('Content-Type', metrics.contentType)
  @ApiOperation({ summary: 'Metrics in the Prometheus text format, from loopback or with METRICS_TOKEN' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async read(@Req() request: MetricsRequest): Promise<string> {
    const { metricsToken, trustedProxies } = this.config;
    if (!mayReadMetrics(request, metricsToken, trustedProxies.length > 0)) throw new UnauthorizedException();
    return metrics.metrics();
  }
}
