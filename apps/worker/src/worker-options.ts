/** A job whose worker dies is dispatched again under a new lease number, so BullMQ must not fail it for good. */
export const workerOptions = { maxStalledCount: 100, stalledInterval: 30_000 };
