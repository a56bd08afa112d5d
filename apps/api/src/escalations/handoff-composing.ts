import { Inject, Injectable } from '@nestjs/common';
import { unlessMissing } from '../problems/unless-missing';
import type { Composed, NewBundle } from './escalation-schemas';
import { EscalationViews } from './escalation-views';
import { HandoffText } from './handoff-text';
import { type OfficerActor, SignedLinks } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import { newId } from '@sinkron/database';
import { Contacts, type ContactView, Escalations, Handoffs, mailLink, waLink } from '@sinkron/escalation';
import { fieldError, invalid } from '@sinkron/observability';

/** Composes a message to a contact at the centre and records it; an officer sends it. */
@Injectable()
export class HandoffComposing {
  constructor(
    private readonly escalations: Escalations,
    private readonly handoffs: Handoffs,
    private readonly contacts: Contacts,
    private readonly texts: HandoffText,
    private readonly links: SignedLinks,
    private readonly views: EscalationViews,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem `not_found` for an escalation outside the scope, `invalid` for the contact, `conflict` */
  async compose(by: OfficerActor, { escalations: ids, contactId, channel }: NewBundle): Promise<Composed> {
    const escalations = await Promise.all(ids.map((id) => this.escalations.find(by.scope, id)));
    const contact = await this.contact(by, contactId);
    if (channel === 'email' && !contact.email) throw invalid([noAddress]);
    const bundleId = newId();
    const token = await this.links.sign('numbers', bundleId, this.config.durations.link);
    const text = await this.texts.compose(
      by,
      escalations,
      contact,
      `${this.config.publicUrl}/serah-terima/${token}`,
    );
    const handoffs = await this.handoffs.compose(by, { bundleId, escalationIds: ids, contactId, channel });
    const changed = this.views.all(handoffs);
    const subject = subjectOf(escalations.length);
    return {
      ...changed,
      // By this id all hand-offs of the message are changed together.
      id: bundleId,
      text,
      waLink: channel === 'whatsapp' ? waLink(contact.phone, text) : null,
      mail: channel === 'email' ? { subject, link: mailLink(contact.email ?? '', subject, text) } : null,
    };
  }

  private async contact(by: OfficerActor, id: string): Promise<ContactView> {
    const contact = await this.contacts.find(by, id).catch(unlessMissing);
    if (!contact || contact.disabled)
      throw invalid([
        {
          field: 'contactId',
          code: 'contact_unknown',
          message: {
            id: 'Pilih kontak aktif dari daftar kontak.',
            en: 'Choose an active contact from the list.',
          },
        },
      ]);
    return contact;
  }
}

const noAddress = fieldError(
  'channel',
  'contact_without_email',
  'Kontak ini tidak punya alamat surel. Pilih whatsapp atau phone, atau lengkapi kontaknya.',
  'This contact has no e-mail address. Choose whatsapp or phone, or complete the contact.',
);

function subjectOf(tickets: number): string {
  return tickets === 1
    ? 'Darurat: mohon bantuan sinkronisasi NIK/KK'
    : `Darurat: mohon bantuan sinkronisasi ${tickets} NIK/KK`;
}
