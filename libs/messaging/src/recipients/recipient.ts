import { type Id, toBinary } from '@sinkron/database';

/** Who is written to: an officer, or the applicant of a ticket. A new kind of recipient is a new value here. */
export const recipientKinds = ['officer', 'ticket'] as const;
export type RecipientKind = (typeof recipientKinds)[number];

/** Whom deliveries and consent belong to: the kind, and the id of the row of that kind. */
export interface Recipient {
  kind: RecipientKind;
  id: Id;
}

/** The condition that finds a recipient's rows; `recipientParameters` fills it. */
export const ofRecipient = 'recipient_kind = ? and recipient_id = ?';

export function recipientParameters({ kind, id }: Recipient): [RecipientKind, Buffer] {
  return [kind, toBinary(id)];
}
