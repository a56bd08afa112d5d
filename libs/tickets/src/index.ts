export {
  applicantSchema,
  type Complaint,
  complaintSchema,
  correctedFields,
  instant,
  prose,
  type Warning,
} from './intake/complaint';
export {
  forgetOldKeys,
  IdempotencyDigests,
  type IdempotencyKey,
  type RememberedAnswer,
  rememberedAnswers,
  rememberedUnderOthers,
} from './intake/idempotency';
export { Intake } from './intake/intake';
export { PersonReindexing } from './intake/person-reindexing';
export { Persons } from './intake/persons';
export type { IntakeAnswer } from './intake/submission';
export { acceptedDueAt, nextDeadline, pushLimitOf } from './model/deadlines';
export {
  appendHistory,
  type HistoryData,
  HistoryEntry,
  type HistoryKind,
  type NewHistory,
} from './model/history';
export type { Applicant } from './model/applicant';
export {
  isClosed,
  type OfficerMove,
  type PublicStatus,
  publicStatuses,
  pushStates,
  ticketStates,
  verifications,
} from './model/lifecycle';
export { type Owner, owners, type Reason, reasonCodes, reasonOf, reasonTextOf } from './model/reasons';
export { services } from './model/services';
export { statedFields, type StatedValues, Statement, statementKinds } from './model/statement';
export { Statements } from './model/statements';
export { centreMayMend } from './model/mendable';
export { type ConfirmedDocument, confirmedDocuments, type Risk, riskOf, risks } from './model/risk';
export { identityDisputed, type LinkKind, linkKinds, Participant, Ticket } from './model/ticket';
export { centreKinds, centreWork, ticketWork, type TicketWorkKind } from './model/ticket-work';
export { causes, channels, documentKinds, purposes, rejections, suspensions } from './model/vocabulary';
export { wiped } from './model/wiped';
export { BulkTransfers, type TransferOutcome, transferOutcomes } from './moves/bulk-transfers';
export { ClosingOfficeTickets, countOpenTicketsAt } from './moves/closing-office';
export { Merges } from './moves/merges';
export { type LinkedTicket, TicketLinks } from './moves/ticket-links';
export { Confirmations } from './moves/confirmations';
export { Contests } from './moves/contests';
export { Corrections } from './moves/corrections';
export { EscalationReturns } from './moves/escalation-returns';
export { Moves } from './moves/moves';
export { Purposes } from './moves/purposes';
export { Snoozes } from './moves/snoozes';
export { type TicketClock, TicketClocks } from './moves/ticket-clocks';
export { TicketEndings } from './moves/ticket-endings';
export { escalationOf, TicketUrgency, type UrgencyJudge } from './moves/ticket-urgency';
export { TicketWriter } from './moves/ticket-writer';
export { applicantOf, noticeChannels } from './notices/notice-channels';
export { NoticeConsents, type TicketNoticesRead } from './notices/notice-consents';
export { wordsFor } from './notices/status-words';
export { HistoryCheck } from './reading/history-check';
export { OutOfScope } from './reading/out-of-scope';
export { StatusCheck } from './reading/status-check';
export { StatusDesk } from './reading/status-desk';
export { StatusLimit } from './reading/status-limit';
export { type StuckTicket, StuckTickets, type WaitingCount } from './reading/stuck-tickets';
export { type ListedTicket, TicketList } from './reading/ticket-list';
export type { TicketFilter } from './reading/ticket-pages';
export { TicketRecords } from './reading/ticket-records';
export { TicketStore } from './reading/ticket-store';
export { deadlinePage, WorkerTickets } from './reading/worker-tickets';
export { ticketEntities, TicketsModule } from './tickets.module';
