export type { Expected } from './checkpoint-check';
export { Checkpoints } from './checkpoints';
export { TrailModule, trailEntities } from './trail.module';
export { verifyTrail } from './verification';
