import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { LagEstimates } from './lag-estimates';

/** How long the centre takes of late, and what that means for a case. */
@Module({ imports: [AccessModule], providers: [LagEstimates], exports: [LagEstimates] })
export class LagModule {}
