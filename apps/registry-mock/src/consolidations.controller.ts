import { Body, Controller, Get, Headers, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  consolidation,
  type Consolidation,
  Consolidations,
  progress,
  type Progress,
  receipt,
  type Receipt,
} from './consolidations';
import { ApiProblem, must } from './problem';

const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, '1–255 visible ASCII characters');

/** The offices' way to push a resident's data to the centre; our own invention, apart from verification. */
@ApiTags('consolidation')
@Controller('consolidations')
export class ConsolidationsController {
  constructor(private readonly consolidations: Consolidations) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'pushConsolidation',
    summary: 'Propose new data for a resident, once per key',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true, schema: { type: 'string', maxLength: 255 } })
  @ApiAcceptedResponse({ standardSchema: receipt })
  @ApiProblem(422)
  async push(
    @Headers('idempotency-key') key: unknown,
    @Body({ schema: consolidation }) body: Consolidation,
  ): Promise<Receipt> {
    return this.consolidations.receive(must('Idempotency-Key', idempotencyKey, key), body);
  }

  @Get(':trackingId')
  @ApiOperation({ operationId: 'readConsolidation', summary: 'What became of a push' })
  @ApiOkResponse({ standardSchema: progress })
  @ApiProblem(404)
  async read(@Param('trackingId') trackingId: string): Promise<Progress> {
    const found = await this.consolidations.progress(trackingId);
    if (!found) throw new NotFoundException();
    return found;
  }
}
