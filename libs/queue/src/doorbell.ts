import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Id } from '@sinkron/database';
import { correlationId } from '@sinkron/observability';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { REDIS, queuePrefix } from './redis';
import { type WorkKind, workKinds } from './work';

/** What a job carries: which row, and under which number. Nothing of the person. */
export interface Ring {
  kind: WorkKind;
  id: Id;
  leaseNo: number;
}

export interface RingData extends Ring {
  correlationId: string;
}

const ringLimit = 2_000;

/** Tells the workers that rows are on offer. If nobody hears it, the sweep offers the rows again. */
@Injectable()
export class Doorbell implements OnApplicationShutdown {
  private readonly queues = new Map<WorkKind, Queue>();

  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Never throws and never takes longer than two seconds: `queue.add` can hang for ever when Redis was never up. */
  async ring(rings: Ring[]): Promise<void> {
    if (rings.length === 0 || this.redis.status !== 'ready') return;
    const correlation = correlationId();
    const adding = workKinds.map((kind) => {
      const jobs = rings
        .filter((ring) => ring.kind === kind)
        .map((ring) => ({
          name: kind,
          data: { ...ring, correlationId: correlation } satisfies RingData,
          // The number is in the id, because an id that Redis still holds would be ignored in silence.
          opts: {
            jobId: `${kind}-${ring.id}-${ring.leaseNo}`,
            attempts: 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        }));
      return jobs.length > 0 ? this.queue(kind).addBulk(jobs) : Promise.resolve([]);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ringLimit);
    });
    await Promise.race([Promise.allSettled(adding), late]);
    clearTimeout(timer);
  }

  private queue(kind: WorkKind): Queue {
    let queue = this.queues.get(kind);
    if (!queue) {
      queue = new Queue(kind, { connection: this.redis, prefix: queuePrefix, skipVersionCheck: true });
      queue.on('error', () => undefined);
      this.queues.set(kind, queue);
    }
    return queue;
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
