export { acceptCorrelationId, correlationId, withCorrelation } from './correlation';
export { createLogger, NestLog } from './logger';
export { maskLine } from './mask-line';
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
export { RepeatedErrors } from './repeated-errors';
export {
  type FieldError,
  invalid,
  notFound,
  preferredLanguage,
  fieldProblem,
  Problem,
  problemDocument,
  type ProblemKind,
  type Text,
} from './problem';
export { fieldError, refinement, repeatedPlaces } from './refinements';
export { fieldErrors, type SchemaIssue } from './schema-issues';
