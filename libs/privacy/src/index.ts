export type { CaseContents, OpenedEscalation, OpenedStatement } from './case-contents';
export { everyEntity } from './entities';
export { KeyRotation } from './key-rotation';
export { PrivacyModule } from './privacy.module';
export { Retention } from './retention';
export { type SharedCase, SubjectExport, type SubjectHolding } from './subject-export';
