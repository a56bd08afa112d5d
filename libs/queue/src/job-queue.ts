import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Id } from '@sinkron/database';
import { correlationId, RepeatedErrors } from '@sinkron/observability';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { REDIS, queuePrefix } from './redis';

/** What a job carries: which row, and under which number. Nothing of the person. */
export interface Job {
  kind: string;
  id: Id;
  leaseNo: number;
}

export interface JobData extends Job {
  correlationId: string;
}

const addLimit = 2_000;

/** Adds BullMQ jobs for rows that were dispatched. What does not get through is dispatched again. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly queues = new Map<string, Queue>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly errors: RepeatedErrors,
  ) {}

  /** Never throws and never takes longer than two seconds: `queue.add` can hang for ever when Redis was never up. */
  async add(jobs: Job[]): Promise<void> {
    if (jobs.length === 0 || this.redis.status !== 'ready') return;
    const correlation = correlationId();
    const kinds = [...new Set(jobs.map(({ kind }) => kind))];
    const adding = kinds.map((kind) =>
      this.queue(kind).addBulk(
        jobs.filter((job) => job.kind === kind).map((job) => bullJob({ ...job, correlationId: correlation })),
      ),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, addLimit);
    });
    await Promise.race([Promise.allSettled(adding), late]);
    clearTimeout(timer);
  }

  private queue(kind: string): Queue {
    let queue = this.queues.get(kind);
    if (!queue) {
      queue = new Queue(kind, { connection: this.redis, prefix: queuePrefix, skipVersionCheck: true });
      queue.on('error', this.errors.listener(`queue ${kind}`));
      this.queues.set(kind, queue);
    }
    return queue;
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

/** The job of a dispatched row, as BullMQ takes it. */
export function bullJob(data: JobData) {
  const { kind, id, leaseNo } = data;
  // The number is in the id, because an id that Redis still holds would be ignored in silence.
  const jobId = `${kind}-${id}-${leaseNo}`;
  return {
    name: kind,
    data,
    opts: { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true },
  };
}
