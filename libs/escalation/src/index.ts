export { Acknowledgements, type Asked } from './acknowledgements';
export type { ContactView } from './contacts/contact-rows';
export {
  contactChanges,
  type ContactChanges,
  contactInput,
  type ContactInput,
} from './contacts/contact-schemas';
export type { ContactIdentity } from './contacts/contact';
export { Contacts } from './contacts/contacts';
export { EscalationMoves } from './escalation-moves';
export { reasonText } from './escalation-reasons';
export { escalationEntities, EscalationModule } from './escalation.module';
export {
  type EntryKind,
  Escalation,
  EscalationEntry,
  type EscalationOutcome,
  escalationOutcomes,
  type EscalationReason,
  type EscalationState,
  escalationStates,
  Handoff,
  type Incident,
  incidentRegion,
} from './escalation';
export { type EscalatedTicket, Escalations } from './escalations';
export { composeHandoff, composeIncident, type HandoffFacts, mailLink, waLink } from './handoffs/composer';
export { Handoffs } from './handoffs/handoffs';
export { Ladder } from './ladder/ladder';
export { Watchdog } from './ladder/watchdog';
export { officerId } from './on-call/id-fields';
export { type EffectivePolicy, Policies, type PolicyView } from './on-call/policies';
export { policyRules, type PolicyRules, type Who } from './on-call/policy';
export { rotaChange, type RotaChange, rotaInput, type RotaInput } from './on-call/rota-schemas';
export { rotaPlan } from './on-call/rota';
export { type OverrideInput, type RotaNow, Rotas, type RotaView } from './on-call/rotas';
export { urgencyOf, type UrgencyReason } from './urgency';
export { escalationWork } from './escalation-work';
