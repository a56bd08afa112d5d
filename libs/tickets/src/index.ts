export { type CaseClock, CaseClocks } from './case-clocks';
export { CaseEndings } from './case-endings';
export { CaseUrgency, type UrgencyJudge, escalationOf } from './case-urgency';
export { centreWork, deadlineWork } from './case-work';
export { CaseList, type ReadCase, type TicketFilter } from './case-list';
export {
  type Complaint,
  type Warning,
  applicantSchema,
  complaintSchema,
  correctedFields,
  instant,
  prose,
} from './complaint';
export { Contests } from './contests';
export { Corrections } from './corrections';
export { EscalationReturns } from './escalation-returns';
export { acceptedDueAt, handOverLimitOf, nextDeadline, rankOf } from './deadlines';
export { type Happening, type HistoryData, HistoryEntry, type HistoryKind } from './history';
export { HistoryCheck } from './history-check';
export {
  BodyDigest,
  type IdempotencyKey,
  type RememberedAnswer,
  forgetOldKeys,
  rememberedAnswers,
  rememberedUnderOthers,
} from './idempotency';
export { Intake } from './intake';
export {
  type PublicStatus,
  applyDelivery,
  applyMove,
  applyVerification,
  isClosed,
  publicStatuses,
} from './lifecycle';
export { Moves } from './moves';
export { noticeChannels } from './notice-channels';
export { type CaseTold, NoticeConsents } from './notice-consents';
export { PersonReindexing } from './person-reindexing';
export { Persons } from './persons';
export { Purposes } from './purposes';
export { type Applicant, type StatedValues, Statement, statedFields } from './statement';
export { Statements } from './statements';
export { StatusCheck } from './status-check';
export { type StuckCase, StuckCases, type StuckCursor, type WaitingCount } from './stuck-cases';
export type { IntakeAnswer } from './submission';
export { type DisputedField, Participant, Ticket } from './ticket';
export { TicketStore, WorkerTickets, saveTicket } from './ticket-store';
export { TicketsModule, ticketEntities } from './tickets.module';
export { type DerivedReason, derivedReasons, endWait } from './waiting';
export { Waits } from './waits';
export { causes, channels, documentKinds, purposes, rejections, services, suspensions } from './vocabulary';
export { wiped } from './wiped';
