export { type HandoffFacts, composeHandoff, composeIncident, waLink } from './composer';
export type { ContactIdentity } from './contact';
export type { ContactView } from './contact-rows';
export { type ContactChanges, type ContactInput, contactChanges, contactInput } from './contact-schemas';
export { Contacts } from './contacts';
export {
  Escalation,
  type EscalationOutcome,
  type EscalationReason,
  type EscalationState,
  Handoff,
  type Incident,
  escalationOutcomes,
  escalationStates,
  incidentRegion,
} from './escalation';
export { EscalationModule, escalationEntities } from './escalation.module';
export { type EscalatedCase, Escalations } from './escalations';
export { Handoffs } from './handoffs';
export { type UrgencyReason, urgencyOf } from './urgency';
