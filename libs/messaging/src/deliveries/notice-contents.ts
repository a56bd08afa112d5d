import { Injectable } from '@nestjs/common';
import type { PersonChannel } from '../channels';
import type { Delivery } from './delivery';
import type { Variables } from '../templates/template';
import { type Id, Sealing } from '@sinkron/database';

/** What is sealed of a notice. */
export interface NoticeContent {
  to: Partial<Record<PersonChannel, string>>;
  variables: Variables;
}

/** Seals and opens the addresses and values of notices. */
@Injectable()
export class NoticeContents {
  constructor(private readonly sealing: Sealing) {}

  seal(delivery: Delivery, content: NoticeContent): void {
    delivery.sealed = this.sealing.seal(content, placeOf(delivery.id));
  }

  /** @returns null once the content was deleted */
  open({ id, sealed }: Delivery): NoticeContent | null {
    return sealed && this.sealing.open<NoticeContent>(sealed, placeOf(id));
  }

  /** What is sealed opens in its own row only. */
  copy(from: Delivery, to: Delivery): void {
    const content = this.open(from);
    if (content) this.seal(to, content);
  }
}

function placeOf(rowId: Id) {
  return { table: 'delivery', column: 'sealed', rowId };
}
