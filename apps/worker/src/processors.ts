import type { WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { CONFIG, workKinds } from '@sinkron/queue';
import { ContestProcessor } from './contest.processor';
import { DeadlineProcessor } from './deadline.processor';
import { DeliveryProcessor } from './delivery.processor';
import { HandOverProcessor } from './hand-over.processor';
import { LadderProcessor } from './ladder.processor';
import { ReceiptProcessor } from './receipt.processor';
import { VerifyProcessor } from './verify.processor';
import { WebhookProcessor } from './webhook.processor';

export const processorClasses = [
  HandOverProcessor,
  VerifyProcessor,
  ContestProcessor,
  DeadlineProcessor,
  ReceiptProcessor,
  LadderProcessor,
  DeliveryProcessor,
  WebhookProcessor,
];

/** All processors of this worker; the boot stops when a kind of work has none, or two. */
@Injectable()
export class Processors implements OnApplicationBootstrap {
  private readonly all: WorkerHost[];

  constructor(
    handOver: HandOverProcessor,
    verify: VerifyProcessor,
    contest: ContestProcessor,
    deadline: DeadlineProcessor,
    receipt: ReceiptProcessor,
    ladder: LadderProcessor,
    delivery: DeliveryProcessor,
    webhook: WebhookProcessor,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.all = [handOver, verify, contest, deadline, receipt, ladder, delivery, webhook];
  }

  onApplicationBootstrap(): void {
    assertOneEach(this.all.map(({ worker }) => worker.name));
    for (const { worker } of this.all) {
      worker.concurrency = this.config.concurrency;
      // Redis being away is seen in /health/ready; without a listener it would end the process.
      worker.on('error', () => undefined);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(({ worker }) => worker.close()));
  }
}

/** @throws Error naming each kind of work that has no processor, or more than one */
export function assertOneEach(names: string[]): void {
  const wrong = workKinds.filter((kind) => names.filter((name) => name === kind).length !== 1);
  if (wrong.length > 0) throw new Error(`Each kind of work needs exactly one processor: ${wrong.join(', ')}`);
}
