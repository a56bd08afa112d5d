import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { listOf } from '../http/list-of';
import { auditQuery, auditView, type AuditView, ticketsOf, viewAudit } from './audit-view';
import type { OfficerActor } from '@sinkron/accounts';
import { AuditTrail } from '@sinkron/audit';
import type { Page } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';
import { TicketList } from '@sinkron/tickets';
import type { z } from 'zod';

/** Who looked at or did what. */
@ApiTags('Audit')
@May('audit:read')
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly trail: AuditTrail,
    private readonly tickets: TicketList,
    private readonly offices: OfficeDirectory,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Read the audit of your offices, newest first; reading it is audited',
    description:
      'It holds no personal data. Rows without an office are shown to the nation alone. Where the audit is large, bound ' +
      'a question about a ticket by `from` and `to`. `npm run audit:verify` proves that nothing was changed or removed.',
  })
  @ApiOkResponse({ standardSchema: listOf(auditView) })
  async list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: auditQuery }) { officer: officerId, ticket, ...filter }: z.output<typeof auditQuery>,
  ): Promise<Page<AuditView>> {
    const ticketId = ticket === undefined ? undefined : await this.tickets.idOf(officer.scope, ticket);
    const { items, nextCursor } = await this.trail.page(officer, { ...filter, officerId, ticketId });
    const tree = await this.offices.tree();
    const codes = await this.tickets.codesOf(officer.scope, [...new Set(items.flatMap(ticketsOf))]);
    return { items: items.map((entry) => viewAudit(entry, { tree, codes })), nextCursor };
  }
}
