import { pino } from 'pino';
import { JobQueue } from '../job-queue';
import { createProducerRedis } from '../redis';
import { RepeatedErrors } from '@sinkron/observability';

/** No Redis: what is dispatched is read from the table. */
export function jobQueueWithoutRedis(): JobQueue {
  const errors = new RepeatedErrors(pino({ level: 'silent' }));
  return new JobQueue(createProducerRedis('redis://127.0.0.1:1', errors.listener('redis')), errors);
}
