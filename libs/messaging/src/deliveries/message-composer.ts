import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { OutboundMessage } from '../drivers/driver';
import { consentedTo } from '../recipients/consent';
import { catalogue } from '../templates/catalogue';
import { render, type Rendered, type Template, type Value, type Variables } from '../templates/template';
import type { PersonChannel } from '../channels';
import type { Delivery } from './delivery';
import { DeliveryItem } from '../officers/delivery-item';
import { NoticeContents } from './notice-contents';
import { OfficerReach, SignedLinks } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import { selectRows, toBinary, type Transaction } from '@sinkron/database';

/** What stands in a message for the deadline of an applicant who has none. */
export const noDeadline = { id: 'tidak ada', en: 'none' };

/** So that a message stays within what WhatsApp takes. */
const mostShown = 12;

type Composed = OutboundMessage | { refused: string };

/** Composes a message at the moment when it leaves: its address and its text. */
@Injectable()
export class MessageComposer {
  constructor(
    private readonly officers: OfficerReach,
    private readonly links: SignedLinks,
    private readonly contents: NoticeContents,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns a reason when there is no address, or nothing to say any more */
  compose(transaction: Transaction, delivery: Delivery): Promise<Composed> {
    return delivery.kind === 'step' ? this.step(transaction, delivery) : this.notice(transaction, delivery);
  }

  private async step(transaction: Transaction, delivery: Delivery): Promise<Composed> {
    const officerId = delivery.recipientOf('officer');
    const reach = officerId && (await this.officers.of(transaction, officerId));
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
    if (delivery.template === 'no_longer_needed') return { id: delivery.id, to, ...told(items) };
    delivery.replyCode ??= String(randomInt(10_000)).padStart(4, '0');
    const token = await this.links.sign('acknowledge', delivery.id, this.config.durations.link);
    const own = { link: `${this.config.publicUrl}/ack/${token}`, replyCode: delivery.replyCode };
    const rendered =
      items.length === 1
        ? renderedBy(delivery.template, { ...first.variables, ...own })
        : renderedBy('step_bundle', { ...bundled(items), ...own });
    return { id: delivery.id, to, ...rendered };
  }

  private async notice(transaction: Transaction, delivery: Delivery): Promise<Composed> {
    const { id, recipient, template, channel } = delivery;
    const content = this.contents.open(delivery);
    if (!content) return { refused: 'overtaken' };
    // Asked at the last moment: consent may have been withdrawn since the notice was made.
    const consented: readonly string[] | null = recipient && (await consentedTo(transaction, recipient));
    if (consented?.length === 0) return { refused: 'consent_withdrawn' };
    if (consented && !consented.includes(channel)) return { refused: 'no_consent' };
    const to = content.to[channel as PersonChannel];
    return to ? { id, to, ...renderedBy(template, content.variables) } : { refused: 'no_address' };
  }
}

/** Whatever the template: its variables were typed where the delivery was made. */
function renderedBy(name: Delivery['template'], values: Variables): Rendered {
  if (name === null) throw new Error('A message to a person has a template');
  return render(catalogue[name] as Template, values);
}

/** Nothing is asked, so there is neither a link nor a code. */
function told(items: DeliveryItem[]): Rendered {
  const [first] = items;
  return items.length === 1 && first
    ? renderedBy('no_longer_needed', first.variables)
    : renderedBy('no_longer_needed_bundle', bundled(items));
}

function bundled(items: DeliveryItem[]): { count: string; subjects: string } {
  const subjects = items.map(({ variables: { subject = '', deadline = '' } }) => {
    const until = inIndonesian(deadline);
    // The deadline shows which of them cannot wait.
    return until === '' || until === noDeadline.id
      ? inIndonesian(subject)
      : `${inIndonesian(subject)} (${until})`;
  });
  const shown = subjects.slice(0, mostShown);
  const more = subjects.length - shown.length;
  return { count: String(items.length), subjects: shown.join(', ') + (more > 0 ? ` … +${more}` : '') };
}

function inIndonesian(value: Value): string {
  return typeof value === 'string' ? value : value.id;
}
