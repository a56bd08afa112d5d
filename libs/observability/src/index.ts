export { acceptCorrelationId, correlationId, withCorrelation } from './correlation';
export { NestLog, createLogger, maskLine } from './logger';
export {
  deadLetters,
  gateState,
  canaryReadings,
  httpSeconds,
  intakeBatch,
  jobsDone,
  lagCases,
  lagSeconds,
  messagesSent,
  metrics,
  noticesOverdue,
  oldestDue,
  predictions,
  registryBreaker,
  registryCalls,
  registryHeldBack,
  registryQuotaLeft,
  registryTokenWait,
  stepsLate,
  workerSilence,
} from './metrics';
export {
  type FieldError,
  Problem,
  type ProblemKind,
  type Text,
  invalid,
  notFound,
  preferredLanguage,
  problemDocument,
} from './problem';
export { type SchemaIssue, fieldErrors } from './schema-issues';
