import { Processor, WorkerHost } from '@nestjs/bullmq';
import { JobRunner, type RingData } from '@sinkron/queue';
import { ContestReadings } from '@sinkron/resync';
import type { Job } from 'bullmq';
import { workerOptions } from './worker-options';

@Processor('contest', workerOptions)
export class ContestProcessor extends WorkerHost {
  constructor(
    private readonly runner: JobRunner,
    private readonly handler: ContestReadings,
  ) {
    super();
  }

  override process(job: Job<RingData>): Promise<void> {
    return this.runner.run(job.data, (claim) => this.handler.perform(claim));
  }
}
