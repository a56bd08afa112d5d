export { Acknowledgements, type Asked } from './acknowledgements';
export { Auditor } from './auditor';
export { type HandoffFacts, composeHandoff, composeIncident, mailLink, waLink } from './composer';
export type { ContactIdentity } from './contact';
export type { ContactView } from './contact-rows';
export { type ContactChanges, type ContactInput, contactChanges, contactInput } from './contact-schemas';
export { Contacts } from './contacts';
export {
  type EntryKind,
  Escalation,
  EscalationEntry,
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
export { EscalationMoves } from './escalation-moves';
export { Ladder } from './ladder';
export { Handoffs } from './handoffs';
export {
  type HolidayInput,
  type HolidayQuery,
  holidayInput,
  holidayName,
  holidayQuery,
} from './holiday-schemas';
export { type HolidayView, Holidays } from './holidays';
export { calendarDay, officerId } from './on-call-fields';
export { type EffectivePolicy, Policies, type PolicyView } from './policies';
export { type PolicyRules, type Who, policyRules } from './policy';
export { reasonText } from './reason-text';
export { rotaPlan } from './rota';
export { type RotaChange, type RotaInput, rotaChange, rotaInput } from './rota-schemas';
export { type OverrideInput, type RotaNow, type RotaView, Rotas } from './rotas';
export { type UrgencyReason, urgencyOf } from './urgency';
