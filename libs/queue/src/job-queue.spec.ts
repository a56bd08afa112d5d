import { bullJob } from './job-queue';
import { newId } from '@sinkron/database';

const job = { kind: 'push', id: newId(), leaseNo: 3, correlationId: 'test' };

it('gives each dispatch of a row a job id of its own, and each dispatch only one', () => {
  // BullMQ ignores a job whose id it still holds: the next lease of the row would never be worked on.
  expect(bullJob(job).opts.jobId).not.toBe(bullJob({ ...job, leaseNo: 4 }).opts.jobId);
  expect(bullJob(job).opts.jobId).not.toBe(bullJob({ ...job, kind: 'verify' }).opts.jobId);
  expect(bullJob(job).opts.jobId).not.toBe(bullJob({ ...job, id: newId() }).opts.jobId);
  expect(bullJob(job).opts.jobId).toBe(bullJob({ ...job }).opts.jobId);
});

it('leaves retries to the row, and nothing behind in Redis', () => {
  expect(bullJob(job).opts).toMatchObject({ attempts: 1, removeOnComplete: true, removeOnFail: true });
});
