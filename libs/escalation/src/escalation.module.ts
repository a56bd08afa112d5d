import { Module } from '@nestjs/common';
import { Contact } from './contacts/contact';
import { Contacts } from './contacts/contacts';
import { escalationWork } from './escalation-work';
import { Handoff } from './handoffs/handoff';
import { Handoffs } from './handoffs/handoffs';
import { Holders } from './ladder/holders';
import { Ladder } from './ladder/ladder';
import { LadderSteps } from './ladder/ladder-steps';
import { Responders } from './ladder/responders';
import { Watchdog } from './ladder/watchdog';
import { Escalation } from './model/escalation';
import { EscalationEntry } from './model/escalation-entry';
import { Acknowledgements } from './moves/acknowledgements';
import { EndNotices } from './moves/end-notices';
import { EscalationMoves } from './moves/escalation-moves';
import { EscalationTransitions } from './moves/escalation-transitions';
import { Escalations } from './moves/escalations';
import { Policies } from './on-call/policies';
import { EscalationPolicy } from './on-call/policy-row';
import { Rota, RotaOverride } from './on-call/rota-row';
import { Rotas } from './on-call/rotas';
import { AccountsModule } from '@sinkron/accounts';
import { MessagingModule } from '@sinkron/messaging';
import { WorkKinds } from '@sinkron/queue';

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
  Holders,
  Ladder,
  Policies,
  Responders,
  Rotas,
];

/** Escalations, whom they ask, and hand-offs to contacts at the centre. */
@Module({
  imports: [AccountsModule, MessagingModule],
  providers: [...open, EndNotices, EscalationTransitions, LadderSteps],
  exports: open,
})
export class EscalationModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(escalationWork);
  }
}
