/** A job whose worker dies is offered again by the sweep, under a new number; BullMQ need not judge it. */
export const workerOptions = { maxStalledCount: 100, stalledInterval: 30_000 };
