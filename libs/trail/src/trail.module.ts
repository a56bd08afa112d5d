import { Module } from '@nestjs/common';
import { Checkpoint } from './checkpoint';
import { Checkpoints } from './checkpoints';

/** The tables of this lib, for the data source of a process. */
export const trailEntities = [Checkpoint];

/** What proves that history and audit are as they were written. */
@Module({ providers: [Checkpoints], exports: [Checkpoints] })
export class TrailModule {}
