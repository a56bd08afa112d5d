import { getQueueToken } from '@nestjs/bullmq';
import type { FactoryProvider } from '@nestjs/common';
import { handledWork } from './handlers';
import type { RepeatedErrors } from '@sinkron/observability';
import type { Queue } from 'bullmq';

/**
 * Listens to the errors of the queues that @nestjs/bullmq makes beside the consumers, from the moment they are made:
 * BullMQ prints an error nobody listens to as it is, past the log.
 */
export function queueErrors(errors: RepeatedErrors): FactoryProvider<void> {
  return {
    provide: Symbol('queue errors'),
    useFactory: (...queues: Queue[]) => {
      for (const queue of queues) queue.on('error', errors.listener(`queue ${queue.name}`));
    },
    inject: handledWork.map(({ name }) => getQueueToken(name)),
  };
}
