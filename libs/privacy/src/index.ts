export { type Breach, type BreachSubject, breachSubjects } from './breach';
export { Breaches, type BreachInput, type RecordedBreach } from './breaches';
export { everyEntity, privacyEntities } from './entities';
export { KeyRotation } from './key-rotation';
export { PrivacyModule } from './privacy.module';
export { Retention } from './retention';
export { type SharedTicket, SubjectExport, type SubjectHolding } from './subject-export';
export type { TicketContents, OpenedEscalation, OpenedStatement } from './ticket-contents';
