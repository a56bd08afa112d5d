import { WorkKinds } from '@sinkron/queue';
import { escalationWork } from './escalation-work';
import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements';
import { Contact } from './contacts/contact';
import { ContactRows } from './contacts/contact-rows';
import { Contacts } from './contacts/contacts';
import { Escalation, EscalationEntry, Handoff } from './escalation';
import { EscalationMoves } from './escalation-moves';
import { EscalationTransitions } from './escalation-transitions';
import { Escalations } from './escalations';
import { Handoffs } from './handoffs/handoffs';
import { Ladder } from './ladder/ladder';
import { LadderSteps } from './ladder/ladder-steps';
import { Responders } from './ladder/responders';
import { Watchdog } from './ladder/watchdog';
import { Policies } from './on-call/policies';
import { EscalationPolicy } from './on-call/policy-row';
import { Rota, RotaOverride } from './on-call/rota-row';
import { Rotas } from './on-call/rotas';
import { AccountsModule } from '@sinkron/accounts';
import { MessagingModule } from '@sinkron/messaging';

export const escalationEntities = [
  Escalation,
  EscalationEntry,
  Handoff,
  Contact,
  EscalationPolicy,
  Rota,
  RotaOverride,
];

const open = [
  Acknowledgements,
  Watchdog,
  Contacts,
  EscalationMoves,
  Escalations,
  Handoffs,
  Ladder,
  Policies,
  Responders,
  Rotas,
];

/** What a person must know, and what the contact at the centre was told. */
@Module({
  imports: [AccountsModule, MessagingModule],
  providers: [...open, ContactRows, EscalationTransitions, LadderSteps],
  exports: open,
})
export class EscalationModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(escalationWork);
  }
}
