import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { MessagingModule } from '@sinkron/messaging';
import { Acknowledgements } from './acknowledgements';
import { Auditor } from './auditor';
import { Contact } from './contact';
import { ContactRows } from './contact-rows';
import { Contacts } from './contacts';
import { Escalation, EscalationEntry, Handoff } from './escalation';
import { EscalationLife } from './escalation-life';
import { EscalationMoves } from './escalation-moves';
import { Escalations } from './escalations';
import { Handoffs } from './handoffs';
import { Holiday } from './holiday';
import { Holidays } from './holidays';
import { Ladder } from './ladder';
import { LadderSteps } from './ladder-steps';
import { Policies } from './policies';
import { EscalationPolicy } from './policy-row';
import { Responders } from './responders';
import { Rota, RotaOverride } from './rota-row';
import { Rotas } from './rotas';

export const escalationEntities = [
  Escalation,
  EscalationEntry,
  Handoff,
  Contact,
  EscalationPolicy,
  Rota,
  RotaOverride,
  Holiday,
];

const open = [
  Acknowledgements,
  Auditor,
  Contacts,
  EscalationMoves,
  Escalations,
  Handoffs,
  Holidays,
  Ladder,
  Policies,
  Responders,
  Rotas,
];

/** What a person must know, and what the contact at the centre was told. */
@Module({
  imports: [AccessModule, MessagingModule],
  providers: [...open, ContactRows, EscalationLife, LadderSteps],
  exports: open,
})
export class EscalationModule {}
