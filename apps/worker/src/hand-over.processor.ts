import { Processor, WorkerHost } from '@nestjs/bullmq';
import { JobRunner, type RingData } from '@sinkron/queue';
import { HandOvers } from '@sinkron/resync';
import type { Job } from 'bullmq';
import { workerOptions } from './worker-options';

@Processor('hand-over', workerOptions)
export class HandOverProcessor extends WorkerHost {
  constructor(
    private readonly runner: JobRunner,
    private readonly handler: HandOvers,
  ) {
    super();
  }

  override process(job: Job<RingData>): Promise<void> {
    return this.runner.run(job.data, (claim) => this.handler.perform(claim));
  }
}
