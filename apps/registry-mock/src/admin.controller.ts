import { isIPv4 } from 'node:net';
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  HttpCode,
  Injectable,
} from '@nestjs/common';
import { Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Consolidations, ledgerPage, type LedgerPage } from './consolidations';
import { ApiProblem } from './problem';
import { Quota } from './quota';
import { resident, Residents } from './residents';
import {
  type Faults,
  faultsSetting,
  type Lag,
  lagSetting,
  Settings,
  type TakeRate,
  takeRateSetting,
  verificationSetting,
  type VerificationSetting,
} from './settings';

const residentList = z.strictObject({ residents: z.array(resident).max(50_000) });
const recorded = z.object({ recorded: z.int() });
const page = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,19}$/, 'a cursor from a page before')
    .default('0'),
  limit: z.coerce.number().pipe(z.int().min(1).max(10_000)).default(100),
});

/** The controls are for who sits at this machine: the socket's address decides, never a header. */
@Injectable()
export class LoopbackGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const address = context.switchToHttp().getRequest<FastifyRequest>().raw.socket.remoteAddress ?? '';
    const plain = address.replace(/^::ffff:/, '');
    return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
  }
}

/** What tests and demos steer the registry by. Faults never touch these routes; what is set outlives a restart. */
@ApiTags('admin')
@ApiProblem(403)
@ApiProblem(422)
@UseGuards(LoopbackGuard)
@Controller('admin')
export class AdminController {
  constructor(
    private readonly settings: Settings,
    private readonly residents: Residents,
    private readonly consolidations: Consolidations,
    private readonly quota: Quota,
  ) {}

  @Post('residents')
  @HttpCode(200)
  @ApiOperation({ operationId: 'recordResidents', summary: 'Insert or replace residents' })
  @ApiOkResponse({ standardSchema: recorded })
  async recordResidents(
    @Body({ schema: residentList }) { residents }: z.output<typeof residentList>,
  ): Promise<z.output<typeof recorded>> {
    await this.residents.record(residents);
    return { recorded: residents.length };
  }

  @Put('lag')
  @ApiOperation({ operationId: 'setLag', summary: 'How long pushes wait from now on' })
  @ApiOkResponse({ standardSchema: lagSetting })
  setLag(@Body({ schema: lagSetting }) lag: Lag): Promise<Lag> {
    return this.settings.put('lag', lag);
  }

  @Put('take-rate')
  @ApiOperation({ operationId: 'setTakeRate', summary: 'How many pushes take from now on' })
  @ApiOkResponse({ standardSchema: takeRateSetting })
  setTakeRate(@Body({ schema: takeRateSetting }) rate: TakeRate): Promise<TakeRate> {
    return this.settings.put('takeRate', rate);
  }

  @Put('faults')
  @ApiOperation({ operationId: 'setFaults', summary: 'What goes wrong from now on; {} ends it all' })
  @ApiOkResponse({ standardSchema: faultsSetting })
  setFaults(@Body({ schema: faultsSetting }) faults: Faults): Promise<Faults> {
    return this.settings.put('faults', faults);
  }

  @Put('verification')
  @ApiOperation({
    operationId: 'setVerification',
    summary: "Quota (the day's count begins again), hours, codes",
  })
  @ApiOkResponse({ standardSchema: verificationSetting })
  async setVerification(
    @Body({ schema: verificationSetting }) setting: VerificationSetting,
  ): Promise<VerificationSetting> {
    this.quota.restart();
    return this.settings.put('verification', setting);
  }

  @Get('ledger')
  @ApiOperation({ operationId: 'readLedger', summary: 'Every push that was received, in order' })
  @ApiOkResponse({ standardSchema: ledgerPage })
  ledger(@Query({ schema: page }) { cursor, limit }: z.output<typeof page>): Promise<LedgerPage> {
    return this.consolidations.ledger(cursor, limit);
  }

  @Post('reset')
  @HttpCode(204)
  @ApiOperation({ operationId: 'reset', summary: 'Forget residents, pushes and settings' })
  async reset(): Promise<void> {
    await this.residents.forget();
    await this.consolidations.forget();
    await this.settings.reset();
    this.quota.restart();
  }
}
