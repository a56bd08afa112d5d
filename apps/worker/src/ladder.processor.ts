import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Ladder } from '@sinkron/escalation';
import { JobRunner, type RingData } from '@sinkron/queue';
import type { Job } from 'bullmq';
import { workerOptions } from './worker-options';

@Processor('ladder', workerOptions)
export class LadderProcessor extends WorkerHost {
  constructor(
    private readonly runner: JobRunner,
    private readonly handler: Ladder,
  ) {
    super();
  }

  override process(job: Job<RingData>): Promise<void> {
    return this.runner.run(job.data, (claim) => this.handler.perform(claim));
  }
}
