export type { ContactIdentity } from './contacts/contact';
export { type ContactView, countContactsAt } from './contacts/contact-rows';
export {
  contactChanges,
  type ContactChanges,
  contactInput,
  type ContactInput,
} from './contacts/contact-schemas';
export { Contacts } from './contacts/contacts';
export { escalationWork } from './escalation-work';
export { escalationEntities, EscalationModule } from './escalation.module';
export { composeHandoff, composeIncident, type HandoffFacts, mailLink, waLink } from './handoffs/composer';
export {
  type Confirmation,
  Handoff,
  type HandoffChannel,
  handoffChannels,
  handoffStates,
} from './handoffs/handoff';
export { Handoffs } from './handoffs/handoffs';
export { Holders } from './ladder/holders';
export { Ladder } from './ladder/ladder';
export { Watchdog } from './ladder/watchdog';
export {
  type EscalatedTicket,
  Escalation,
  type EscalationOutcome,
  escalationOutcomes,
  type EscalationReason,
  type EscalationState,
  escalationStates,
} from './model/escalation';
export type { WithdrawalCause } from './model/end-causes';
export { type EntryKind, EscalationEntry } from './model/escalation-entry';
export { type Incident, incidentRegion } from './model/incident';
export { reasonText, subjectText } from './model/reasons';
export { urgencyOf, type UrgencyReason } from './model/urgency';
export { Acknowledgements, type AskedEscalation } from './moves/acknowledgements';
export { countEscalationsAt, escalationsToSuccessor } from './moves/closing-office';
export { EscalationMoves } from './moves/escalation-moves';
export type { EscalationEnd } from './moves/escalation-transitions';
export { Escalations } from './moves/escalations';
export { addOutageEvidence, incidentsSince } from './moves/incidents';
export { escalationsOfTicket, type EscalationWithHandoffs, wipeEscalations } from './moves/ticket-contents';
export { countPoliciesAt, countRotasAt, policyToSuccessor, rotasToSuccessor } from './on-call/closing-office';
export { officerId } from './on-call/id-fields';
export { type EffectivePolicy, Policies, type PolicyView } from './on-call/policies';
export { policyRules, type PolicyRules, type Who } from './on-call/policy';
export { rotaPlan } from './on-call/rota';
export { rotaChange, type RotaChange, rotaInput, type RotaInput } from './on-call/rota-schemas';
export { type OverrideInput, type RotaNow, Rotas, type RotaView } from './on-call/rotas';
