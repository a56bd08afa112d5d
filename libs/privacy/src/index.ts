export { type Breach, type BreachSubject, breachSubjects, noticeDueAt } from './breach';
export { type BreachInput, type BreachStanding, Breaches } from './breaches';
export type { CaseContents, OpenedEscalation, OpenedStatement } from './case-contents';
export { everyEntity, privacyEntities } from './entities';
export { KeyRotation } from './key-rotation';
export { PrivacyModule } from './privacy.module';
export { Retention } from './retention';
export { type SharedCase, SubjectExport, type SubjectHolding } from './subject-export';
