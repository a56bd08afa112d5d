import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** One registry a process. Labels hold routes, kinds and codes: never anything that belongs to a person. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics, prefix: 'sinkron_' });

export const httpSeconds = new Histogram({
  name: 'sinkron_http_request_seconds',
  help: 'Time from the first byte of a request to the end of its answer',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  registers: [metrics],
});

export const intakeBatch = new Histogram({
  name: 'sinkron_intake_batch_size',
  help: 'Statements committed together',
  buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  registers: [metrics],
});

export const jobsDone = new Counter({
  name: 'sinkron_jobs_total',
  help: 'Jobs by kind and how they ended (done, later, stale, failed)',
  labelNames: ['kind', 'end'],
  registers: [metrics],
});

export const canaryReadings = new Counter({
  name: 'sinkron_canary_readings_total',
  help: 'Readings of tickets that were proved lately, by result (match, mismatch, not_answered)',
  labelNames: ['result'],
  registers: [metrics],
});

export const registryCalls = new Counter({
  name: 'sinkron_registry_calls_total',
  help: 'Calls to the centre by kind and result',
  labelNames: ['call', 'result'],
  registers: [metrics],
});

export const lagSeconds = new Gauge({
  name: 'sinkron_lag_seconds',
  help: 'From an accepted push to the match, by region (or nation) and quantile of the present estimate',
  labelNames: ['region', 'quantile'],
  registers: [metrics],
});

export const lagPushes = new Gauge({
  name: 'sinkron_lag_pushes',
  help: "Pushes in the sample of a region's lag: matched, or still waiting when last read",
  labelNames: ['region', 'seen'],
  registers: [metrics],
});

export const predictions = new Counter({
  name: 'sinkron_prediction_total',
  help: 'Proved pushes by whether the match fell in the range predicted at acceptance (50: half of all, 90: nine of ten)',
  labelNames: ['range', 'result'],
  registers: [metrics],
});

export const oldestDue = new Gauge({
  name: 'sinkron_work_oldest_due_seconds',
  help: 'Age of the oldest due row of work, whether or not it is dispatched',
  labelNames: ['kind'],
  registers: [metrics],
});

export const noticesOverdue = new Gauge({
  name: 'sinkron_notices_overdue',
  help: 'Breaches whose notice was not given within 3×24 hours (UU PDP art. 46); anything but 0 needs a person',
  // Without it every process would say 0, and only the worker looks.
  labelNames: ['of'],
  registers: [metrics],
});

export const gateState = new Gauge({
  name: 'sinkron_gate_state',
  help: 'The gate before the centre, for all processes: 0 open, 1 half open (one probe tries), 2 closed',
  labelNames: ['gate'],
  registers: [metrics],
});

export const registryCircuitBreaker = new Gauge({
  name: 'sinkron_registry_circuit_breaker',
  help: "This process's circuit breaker before the centre: 0 closed, 1 half open (one call tries), 2 open",
  registers: [metrics],
});

export const registryTokenWait = new Histogram({
  name: 'sinkron_registry_token_wait_seconds',
  help: 'How long calls waited for their turn under the rate limit that all processes share',
  buckets: [0, 0.01, 0.05, 0.2, 0.5, 1, 2, 5],
  registers: [metrics],
});

export const registryHeldBack = new Counter({
  name: 'sinkron_registry_held_back_total',
  help: 'Calls that we held back, by reason: rate_limited, line_down, quota_kept',
  labelNames: ['reason'],
  registers: [metrics],
});

export const registryQuotaLeft = new Gauge({
  name: 'sinkron_registry_quota_left',
  help: "Readings left of today's quota (WIB), as the centre last said (quotaLimiter)",
  registers: [metrics],
});

export const messagesSent = new Counter({
  name: 'sinkron_messages_total',
  help: 'Attempts to deliver a message by channel and how they ended (sent, later, refused)',
  labelNames: ['channel', 'end'],
  registers: [metrics],
});

export const deadLetters = new Gauge({
  name: 'sinkron_dead_letters',
  help: 'Messages that no channel could deliver and that nobody has handled; anything but 0 needs a person',
  // Without it every process would say 0, and only the worker looks.
  labelNames: ['of'],
  registers: [metrics],
});

export const stepsLate = new Gauge({
  name: 'sinkron_escalation_steps_late',
  help: 'Escalations whose next step is overdue; anything but 0 means that somebody is not notified',
  labelNames: ['of'],
  registers: [metrics],
});

export const workerHeartbeatAge = new Gauge({
  name: 'sinkron_worker_silence_seconds',
  help: 'Seconds since the last heartbeat of a worker, as this process reads it',
  registers: [metrics],
});
