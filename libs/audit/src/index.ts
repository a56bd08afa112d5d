export { AuditCheck } from './audit-check';
export { type AuditDetail, AuditEntry } from './audit-entry';
export { AuditTrail, lastOfficeOfSession } from './audit-trail';
export { auditEntities, AuditModule } from './audit.module';
export { Audit, type AuditedActor, type AuditRecord, actedBy, namesGiven } from './audit';
export { CheckpointCheck, type Expected } from './checkpoints/checkpoint-check';
export { Checkpoint, spelt } from './checkpoints/checkpoint';
export { Checkpoints } from './checkpoints/checkpoints';
export { TicketTrail, type TicketTrailPage } from './ticket-trail';
