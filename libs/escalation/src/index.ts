export { type HandoffFacts, composeHandoff, composeIncident, waLink } from './composer';
export {
  Escalation,
  type EscalationOutcome,
  type EscalationReason,
  type EscalationState,
  Handoff,
  type Incident,
  escalationOutcomes,
  escalationStates,
} from './escalation';
export { EscalationModule, escalationEntities } from './escalation.module';
export { type EscalatedCase, Escalations } from './escalations';
export { Handoffs } from './handoffs';
export { type UrgencyReason, urgencyOf } from './urgency';
