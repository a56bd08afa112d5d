import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sinkron/access';
import { z } from 'zod';
import { CurrentOfficer, May } from '../auth/doors';
import { HandoffNumbers, fullNumbers } from './handoff-numbers';

const view = z
  .strictObject({ token: z.string().max(500).describe('The last part of the link in the message') })
  .meta({ example: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl' } });
const shown = z.object({ items: z.array(fullNumbers) });

/** The full numbers of a hand-off, for programs; people use the page `/serah-terima/…`. */
@ApiTags('Escalations')
@Controller('v1/handoff-views')
export class HandoffNumbersController {
  constructor(@Inject(HandoffNumbers) private readonly numbers: HandoffNumbers) {}

  @Post()
  @HttpCode(200)
  @May('handoffs:numbers')
  @ApiOperation({ summary: 'The full numbers behind the link of a message: once, audited' })
  @ApiOkResponse({ standardSchema: shown })
  async open(
    @CurrentOfficer() officer: Principal,
    @Body({ schema: view }) { token }: z.output<typeof view>,
  ): Promise<z.output<typeof shown>> {
    return { items: await this.numbers.open(officer, token) };
  }
}
