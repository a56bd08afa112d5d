import { Processor, WorkerHost } from '@nestjs/bullmq';
import { DeliverySender } from '@sinkron/messaging';
import { JobRunner, type RingData } from '@sinkron/queue';
import type { Job } from 'bullmq';
import { workerOptions } from './worker-options';

@Processor('webhook', workerOptions)
export class WebhookProcessor extends WorkerHost {
  constructor(
    private readonly runner: JobRunner,
    private readonly handler: DeliverySender,
  ) {
    super();
  }

  override process(job: Job<RingData>): Promise<void> {
    return this.runner.run(job.data, (claim) => this.handler.perform(claim));
  }
}
