export { CONFIG, LOGGER } from './config-token';
export { Doorbell, type Ring, type RingData } from './doorbell';
export { type GateState, Gates } from './gates';
export { type Handler, JobRunner } from './job-runner';
export { QueueModule } from './queue.module';
export { REDIS, createWorkerRedis, queuePrefix } from './redis';
export { Sweep, registryGate } from './sweep';
export { type Lane, type WorkKind, centreKinds, workEntities, workKinds } from './work';
export { type Claim, type NewWork, StaleLease, WorkTable } from './work-table';
