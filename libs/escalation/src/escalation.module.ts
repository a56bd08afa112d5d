import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { Contact } from './contact';
import { ContactRows } from './contact-rows';
import { Contacts } from './contacts';
import { Escalation, EscalationEntry, Handoff } from './escalation';
import { Escalations } from './escalations';
import { Handoffs } from './handoffs';
import { Holiday } from './holiday';
import { EscalationPolicy } from './policy-row';
import { Rota, RotaOverride } from './rota-row';

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

/** What a person must know, and what the contact at the centre was told. */
@Module({
  imports: [AccessModule],
  providers: [Escalations, Handoffs, Contacts, ContactRows],
  exports: [Escalations, Handoffs, Contacts],
})
export class EscalationModule {}
