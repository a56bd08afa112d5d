import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Quota } from './quota';
import { Residents } from './residents';
import { Settings } from './settings';
import { type Content, judge, texts, verificationRequest, type VerificationRequest } from './verification';

const answer = z
  .object({
    content: z.array(z.record(z.string(), z.string())),
    lastPage: z.boolean(),
    numberOfElements: z.int(),
    totalElements: z.int(),
    firstPage: z.boolean(),
    number: z.int(),
    size: z.int(),
    quotaLimiter: z.int().describe("What is left of today's quota (WIB)"),
  })
  .meta({
    id: 'VerificationAnswer',
    description:
      '`content[0]` holds a verdict per element that was asked: `Sesuai` or `Tidak Sesuai`, with a score such as ' +
      '`Sesuai (100)` for NAMA_LGKP and TMPT_LHR. On failure it holds `RESPONSE_CODE` and `RESPONSE_DESC`, or ' +
      '`RESPONSE_CODE` and `RESPONSE`, or `RESPON` alone. The texts: ' +
      Object.entries(texts)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([code, text]) => `${code} ${text}`)
        .join('; ') +
      '.',
  });

/** The verification service in the foreign vocabulary: HTTP 200 even for failures, and never a stored value. */
@ApiTags('verification')
@Controller('dukcapil/get_json')
export class VerificationController {
  constructor(
    private readonly residents: Residents,
    private readonly settings: Settings,
    private readonly quota: Quota,
  ) {}

  @Post(':lembagaId/CALL_VERIFY_BY_ELEMEN')
  @HttpCode(200)
  @ApiOperation({ operationId: 'verifyByElement', summary: 'Compare elements with what is registered' })
  @ApiOkResponse({ standardSchema: answer })
  async verify(
    @Param('lembagaId') _lembagaId: string,
    @Body({ schema: verificationRequest }) request: VerificationRequest,
  ): Promise<z.output<typeof answer>> {
    const { clock, registered } = await this.residents.read(request.NIK ?? '');
    const takeQuota = () => this.quota.take(clock.day);
    const content = judge(request, registered, this.settings.get('verification'), clock, takeQuota);
    return envelope(content, this.quota.left(clock.day));
  }
}

function envelope(content: Content, quotaLimiter: number): z.output<typeof answer> {
  return {
    content: [content],
    lastPage: true,
    numberOfElements: 1,
    totalElements: 1,
    firstPage: true,
    number: 0,
    size: 1,
    quotaLimiter,
  };
}
