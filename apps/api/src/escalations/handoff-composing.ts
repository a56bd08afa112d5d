import { Inject, Injectable } from '@nestjs/common';
import { type Principal, SignedLinks, fieldTold } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { newId } from '@sinkron/database';
import { type ContactView, Contacts, Escalations, Handoffs, mailLink, waLink } from '@sinkron/escalation';
import { invalid } from '@sinkron/observability';
import { CONFIG } from '@sinkron/queue';
import { unlessMissing } from '../problems/unless-missing';
import type { Composed, NewBundle } from './escalation-schemas';
import { EscalationViews } from './escalation-views';
import { HandoffText } from './handoff-text';

/** A message to somebody at the centre, composed and on record; sending it is a human act. */
@Injectable()
export class HandoffComposing {
  constructor(
    @Inject(Escalations) private readonly escalations: Escalations,
    @Inject(Handoffs) private readonly handoffs: Handoffs,
    @Inject(Contacts) private readonly contacts: Contacts,
    @Inject(HandoffText) private readonly texts: HandoffText,
    @Inject(SignedLinks) private readonly links: SignedLinks,
    @Inject(EscalationViews) private readonly views: EscalationViews,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem `not_found` for an escalation outside the scope, `invalid` for the contact, `conflict` */
  async compose(by: Principal, { escalations: ids, contactId, channel }: NewBundle): Promise<Composed> {
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
      // What is said of the whole message is said by its own id.
      id: bundleId,
      text,
      waLink: channel === 'whatsapp' ? waLink(contact.phone, text) : null,
      mail: channel === 'email' ? { subject, link: mailLink(contact.email ?? '', subject, text) } : null,
    };
  }

  private async contact(by: Principal, id: string): Promise<ContactView> {
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

const noAddress = fieldTold(
  'channel',
  'contact_without_email',
  'Kontak ini tidak punya alamat surel. Pilih whatsapp atau phone, atau lengkapi kontaknya.',
  'This contact has no e-mail address. Choose whatsapp or phone, or complete the contact.',
);

function subjectOf(cases: number): string {
  return cases === 1
    ? 'Darurat: mohon bantuan sinkronisasi NIK/KK'
    : `Darurat: mohon bantuan sinkronisasi ${cases} NIK/KK`;
}
