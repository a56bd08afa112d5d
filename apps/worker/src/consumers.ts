import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CONFIG, type Config } from '@sinkron/config';
import { type JobData, JobRunner, type WorkKind, WorkKinds } from '@sinkron/queue';
import { RepeatedErrors } from '@sinkron/observability';
import type { Job } from 'bullmq';
import { type HandledKind, Handlers, assertAllHandled, handledWork } from './handlers';
import { workerOptions } from './worker-options';

/** One BullMQ consumer for each kind of work; it only passes the job to the kind's handler. */
export const consumerClasses = handledWork.map(({ name }) => consumerOf(name));

function consumerOf(kind: HandledKind): Type<WorkerHost> {
  @Processor(kind, workerOptions)
  class Consumer extends WorkerHost {
    constructor(
      private readonly runner: JobRunner,
      private readonly handlers: Handlers,
      private readonly errors: RepeatedErrors,
    ) {
      super();
    }

    /** Listening from the beginning: an error nobody listens to is printed as it is, past the log. */
    @OnWorkerEvent('error')
    onError(error: Error): void {
      this.errors.listener(`worker ${kind}`)(error);
    }

    override process(job: Job<JobData>): Promise<void> {
      return this.runner.run(job.data, this.handlers.of(kind));
    }
  }
  return Consumer;
}

/** All consumers of this worker; the boot stops when a kind of work has no handler. */
@Injectable()
export class Consumers implements OnApplicationBootstrap {
  private all: WorkerHost[] = [];

  constructor(
    private readonly modules: ModuleRef,
    private readonly kinds: WorkKinds,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    assertAllHandled(this.kinds.all);
    // Not in the constructor: a consumer that Nest has not made yet would be given as an empty object.
    this.all = consumerClasses.map((consumer) => this.modules.get(consumer));
    for (const [at, { worker }] of this.all.entries()) {
      worker.concurrency = this.concurrencyOf(handledWork[at]!);
    }
  }

  private concurrencyOf({ mayHang }: WorkKind): number {
    const { concurrency, dispatchLimit } = this.config;
    return mayHang ? Math.max(concurrency, dispatchLimit) : concurrency;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(({ worker }) => worker.close()));
  }
}
