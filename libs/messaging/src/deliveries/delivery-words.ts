import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { OutboundMessage } from '../drivers/driver';
import { catalogue } from '../templates/catalogue';
import { render, type Rendered, type Template, type Value, type Variables } from '../templates/template';
import { consentedTo } from './consent';
import { type Delivery, DeliveryItem, type NoticeContent, type PersonChannel } from './delivery';
import { deliveryPlace } from './new-delivery';
import { OfficerReach, SignedLinks } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import { Sealing, selectRows, toBinary, type Transaction } from '@sinkron/database';

/** What stands in a message for the deadline of an applicant who has none. */
export const noDeadline = { id: 'tidak ada', en: 'none' };

/** Words a delivery at the moment when it leaves: to whom, and what. */
@Injectable()
export class DeliveryWords {
  constructor(
    private readonly officers: OfficerReach,
    private readonly links: SignedLinks,
    private readonly sealing: Sealing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns a reason when there is nobody there, or nothing to say any more */
  async of(transaction: Transaction, delivery: Delivery): Promise<OutboundMessage | { refused: string }> {
    return delivery.kind === 'step' ? this.step(transaction, delivery) : this.notice(transaction, delivery);
  }

  private async step(
    transaction: Transaction,
    delivery: Delivery,
  ): Promise<OutboundMessage | { refused: string }> {
    const reach = delivery.officerId && (await this.officers.of(transaction, delivery.officerId));
    const to = reach && reach[delivery.channel as PersonChannel];
    if (!to) return { refused: 'no_address' };
    const items = await selectRows(
      transaction,
      DeliveryItem,
      'where delivery_id = ? and over_at is null order by id',
      [toBinary(delivery.id)],
    );
    const [first] = items;
    if (!first) return { refused: 'overtaken' };
    delivery.replyCode ??= String(randomInt(10_000)).padStart(4, '0');
    const token = await this.links.sign('acknowledge', delivery.id, this.config.durations.link);
    const own = { link: `${this.config.publicUrl}/ack/${token}`, replyCode: delivery.replyCode };
    const words =
      items.length === 1
        ? worded(delivery.template, { ...first.variables, ...own })
        : worded('step_bundle', { ...bundled(items), ...own });
    return { id: delivery.id, to, ...words };
  }

  private async notice(
    transaction: Transaction,
    delivery: Delivery,
  ): Promise<OutboundMessage | { refused: string }> {
    if (!delivery.sealed) return { refused: 'overtaken' };
    // Asked at the last moment: consent may have been withdrawn since it was made.
    const wanted = delivery.ticketId ? await consentedTo(transaction, delivery.ticketId) : null;
    if (wanted?.length === 0) return { refused: 'consent_withdrawn' };
    if (wanted && !(wanted as string[]).includes(delivery.channel)) return { refused: 'no_consent' };
    const { to, variables } = this.sealing.open<NoticeContent>(delivery.sealed, deliveryPlace(delivery.id));
    const address = to[delivery.channel as PersonChannel];
    return address
      ? { id: delivery.id, to: address, ...worded(delivery.template, variables) }
      : { refused: 'no_address' };
  }
}

/** Whatever the template: its variables were typed where the delivery was made. */
function worded(name: Delivery['template'], values: Variables): Rendered {
  if (name === null) throw new Error('A message to a person has a template');
  return render(catalogue[name] as Template, values);
}

function bundled(items: DeliveryItem[]): { count: string; subjects: string } {
  const subjects = items.map(({ variables: { subject = '', deadline = '' } }) => {
    const until = inIndonesian(deadline);
    // So that whoever reads it sees which of them cannot wait.
    return until === '' || until === noDeadline.id
      ? inIndonesian(subject)
      : `${inIndonesian(subject)} (${until})`;
  });
  const shown = subjects.slice(0, mostShown);
  const more = subjects.length - shown.length;
  return { count: String(items.length), subjects: shown.join(', ') + (more > 0 ? ` … +${more}` : '') };
}

/** So that a message stays within what WhatsApp takes. */
const mostShown = 12;

function inIndonesian(value: Value): string {
  return typeof value === 'string' ? value : value.id;
}
