import { Processor, WorkerHost } from '@nestjs/bullmq';
import { JobRunner, type RingData } from '@sinkron/queue';
import { Handoffs } from '@sinkron/escalation';
import type { Job } from 'bullmq';
import { workerOptions } from './worker-options';

@Processor('receipt', workerOptions)
export class ReceiptProcessor extends WorkerHost {
  constructor(
    private readonly runner: JobRunner,
    private readonly handler: Handoffs,
  ) {
    super();
  }

  override process(job: Job<RingData>): Promise<void> {
    return this.runner.run(job.data, (claim) => this.handler.receiptLate(claim));
  }
}
