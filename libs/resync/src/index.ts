export { ContestReadings } from './contest-readings';
export { Deadlines } from './deadlines';
export { Diagnosis, type DiagnosisResult } from './diagnosis';
export { Evidence, HandOver, ReadingRow, resyncEntities } from './evidence';
export { HandOvers } from './hand-over';
export { Incidents } from './incidents';
export { type Owner, type Reason, owners, reasonCodes, reasonOf } from './reasons';
export { ResyncModule } from './resync.module';
export { Verifications } from './verification';
