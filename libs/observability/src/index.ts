export { acceptCorrelationId, correlationId, withCorrelation } from './correlation';
export { createLogger, maskLine, NestLog } from './logger';
export {
  canaryReadings,
  deadLetters,
  gateState,
  httpSeconds,
  intakeBatch,
  jobsDone,
  lagPushes,
  lagSeconds,
  messagesSent,
  metrics,
  noticesOverdue,
  oldestDue,
  predictions,
  registryCircuitBreaker,
  registryCalls,
  registryHeldBack,
  registryQuotaLeft,
  registryTokenWait,
  stepsLate,
  workerHeartbeatAge,
} from './metrics';
export {
  type FieldError,
  invalid,
  notFound,
  preferredLanguage,
  Problem,
  problemDocument,
  type ProblemKind,
  type Text,
} from './problem';
export { fieldError, refinement, repeatedPlaces } from './refinements';
export { fieldErrors, type SchemaIssue } from './schema-issues';
