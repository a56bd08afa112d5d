import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { subjectExport, subjectExportBody, type SubjectExportView, viewSubject } from './subject-export-view';
import type { OfficerActor } from '@sinkron/accounts';
import { OfficeDirectory } from '@sinkron/offices';
import { SubjectExport } from '@sinkron/privacy';
import type { z } from 'zod';

/** What somebody has a right to be given about themselves. */
@ApiTags('Privacy')
@Controller('v1/subject-exports')
export class SubjectExportsController {
  constructor(
    private readonly exports: SubjectExport,
    private readonly offices: OfficeDirectory,
  ) {}

  @Post()
  @HttpCode(200)
  @May('subjects:export')
  @ApiOperation({
    summary: 'Export everything that your offices hold on one person, in full, with who read it; audited',
    description:
      'For the person concerned, after their papers were checked (UU PDP 27/2022 art. 32). Counts as one `reveal`: ' +
      '30 an hour together. Somebody without tickets here gets the same document, empty.',
  })
  @ApiOkResponse({ standardSchema: subjectExport })
  async make(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: subjectExportBody }) { nik, reason, trailCursor }: z.output<typeof subjectExportBody>,
  ): Promise<SubjectExportView> {
    const held = await this.exports.of(officer, { nik, reason, before: trailCursor });
    return viewSubject(held, await this.offices.tree());
  }
}
