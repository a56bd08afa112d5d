import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { fullNumbers, HandoffNumbers } from './handoff-numbers';
import type { OfficerActor } from '@sinkron/accounts';
import { z } from 'zod';

const view = z
  .strictObject({ token: z.string().max(500).describe('The last part of the link in the message') })
  .meta({ example: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl' } });
const shown = z.object({ items: z.array(fullNumbers) });

/** The full numbers of a hand-off, for programs; people use the page `/serah-terima/…`. */
@ApiTags('Escalations')
@Controller('v1/handoff-views')
export class HandoffNumbersController {
  constructor(private readonly numbers: HandoffNumbers) {}

  @Post()
  @HttpCode(200)
  @May('handoffs:numbers')
  @ApiOperation({ summary: 'The full numbers behind the link of a message: once, audited' })
  @ApiOkResponse({ standardSchema: shown })
  async open(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: view }) { token }: z.output<typeof view>,
  ): Promise<z.output<typeof shown>> {
    return { items: await this.numbers.open(officer, token) };
  }
}
