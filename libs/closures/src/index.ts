export { type ClosurePart, closureParts } from './closure-parts';
export { ClosureWalk } from './closure-walk';
export { closureWork } from './closure-work';
export { ClosuresModule } from './closures.module';
export { OfficeClosures, type OfficeState } from './office-closures';
