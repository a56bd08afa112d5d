import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { listOf } from '../http/list-of';
import type { OfficerActor } from '@sinkron/accounts';
import { notFound } from '@sinkron/observability';
import { instant, purposes, Purposes } from '@sinkron/tickets';
import { z } from 'zod';

const purpose = z.object({ code: z.enum(purposes), closesAt: z.iso.datetime().nullable() });
type PurposeView = z.output<typeof purpose>;

const closing = z
  .strictObject({ closesAt: instant.nullable() })
  .meta({ example: { closesAt: '2026-12-15T23:59:00+07:00' } });

const code = z.enum(purposes);

/** The purposes of applicants, and when the registration of each closes. */
@ApiTags('Cases')
@Controller('v1/purposes')
export class PurposesController {
  constructor(private readonly purposes: Purposes) {}

  @Get()
  @May('purposes:read')
  @ApiOperation({ summary: 'List purposes with the instants at which they close' })
  @ApiOkResponse({ standardSchema: listOf(purpose) })
  async list(): Promise<{ items: PurposeView[]; nextCursor: null }> {
    const known = await this.purposes.list();
    return { items: known.map(view), nextCursor: null };
  }

  @Put(':code')
  @May('purposes:write')
  @ApiOperation({
    summary:
      'Set or clear the closing instant; it becomes the deadline of open tickets without one of their own',
  })
  @ApiOkResponse({ standardSchema: purpose })
  async close(
    @CurrentOfficer() admin: OfficerActor,
    @Param('code') named: string,
    @Body({ schema: closing }) { closesAt }: z.output<typeof closing>,
  ): Promise<PurposeView> {
    const known = code.safeParse(named);
    if (!known.success) throw notFound();
    await this.purposes.setClosing(admin, known.data, closesAt);
    return view({ code: known.data, closesAt });
  }
}

function view({ code, closesAt }: { code: PurposeView['code']; closesAt: Date | null }): PurposeView {
  return { code, closesAt: closesAt?.toISOString() ?? null };
}
