import { Module } from '@nestjs/common';
import { LagEstimates } from './lag-estimates';
import { AccountsModule } from '@sinkron/accounts';

/** How long the centre takes of late, and what that means for a ticket. */
@Module({ imports: [AccountsModule], providers: [LagEstimates], exports: [LagEstimates] })
export class LagModule {}
