import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { CallersLanguage, type Language } from '../http/language';
import { exampleApplicant } from './ticket-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { Diagnosis, diagnosisVerdicts } from '@sinkron/resync';
import { applicantSchema, risks } from '@sinkron/tickets';
import { z } from 'zod';

const verdict = z.enum(diagnosisVerdicts);

const question = z
  .strictObject({ applicant: applicantSchema })
  .meta({ example: { applicant: exampleApplicant } });

const diagnosis = z.object({
  verdicts: z.object({
    nik: verdict,
    kk: verdict,
    name: verdict,
    birthDate: verdict,
    birthPlace: verdict.optional().describe('Where it was given, as with `sex`'),
    sex: verdict.optional(),
  }),
  scores: z.record(z.string(), z.int()).describe('How alike names and places are, of 100'),
  risk: z
    .enum(risks)
    .nullable()
    .describe(
      'What a push would do at the centre; all but `routine` would wait for a confirmation of the paper',
    ),
  cause: z.string().nullable().describe('The most likely `cause` for a complaint; the officer decides'),
  advice: z.string(),
});

/** Asks the centre what does not match, before a complaint is logged. */
@ApiTags('Cases')
@May('cases:read')
@Controller('v1/diagnoses')
export class DiagnosesController {
  constructor(
    private readonly diagnosis: Diagnosis,
    private readonly audit: Audit,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the centre which fields match; nothing is stored' })
  @ApiOkResponse({ standardSchema: diagnosis })
  async diagnose(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: question }) { applicant }: z.output<typeof question>,
    @CallersLanguage() language: Language,
  ): Promise<z.output<typeof diagnosis>> {
    const { nik, kk, name, birthDate, birthPlace, sex } = applicant;
    const found = await this.diagnosis.diagnose({ nik, kk, name, birthDate, birthPlace, sex });
    const fields = Object.keys(found.verdicts).map((field) => `${field}:verdict`);
    await this.audit.read({ ...actedBy(officer), action: 'diagnosis', detail: { tickets: [], fields } });
    return { ...found, advice: found.advice[language] };
  }
}
