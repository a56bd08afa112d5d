import type { PersonChannel } from '../channels';
import { ofRecipient, type Recipient, type RecipientKind, recipientParameters } from './recipient';
import {
  CountColumn,
  type Id,
  IdColumn,
  PrimaryCode,
  PrimaryId,
  selectRows,
  TimeColumn,
  toBinary,
  type Transaction,
} from '@sinkron/database';
import { Entity } from 'typeorm';

/** That a recipient wants notices by this channel (UU PDP 27/2022 art. 20): who wrote it down, and when. */
@Entity('consent')
export class Consent {
  @PrimaryCode('recipient_kind', 16) recipientKind!: RecipientKind;
  @PrimaryId('recipient_id') recipientId!: Id;
  @PrimaryCode('channel', 10) channel!: PersonChannel;
  /** Its place among the recipient's channels; 0 is preferred. */
  @CountColumn('place') place!: number;
  @TimeColumn('given_at') givenAt!: Date;
  /** Null when the recipient said so, and no officer wrote it down. */
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  @TimeColumn('withdrawn_at', { nullable: true }) withdrawnAt!: Date | null;
}

/** Who wrote down which channels a recipient wants, the preferred one first. */
export interface GivenConsent {
  recipient: Recipient;
  officerId: Id | null;
  channels: readonly PersonChannel[];
}

/** Adds to what was consented before; consent that was withdrawn and is given again counts from now. */
export async function giveConsent(transaction: Transaction, given: readonly GivenConsent[]): Promise<void> {
  const rows = given.flatMap(({ recipient, officerId, channels }) =>
    channels.map((channel, place) => [
      ...recipientParameters(recipient),
      channel,
      place,
      transaction.now,
      officerId && toBinary(officerId),
    ]),
  );
  if (rows.length === 0) return;
  // The only unique key is the recipient's own; assignments are made in their order, so the withdrawal goes last.
  await transaction.execute(
    `insert into consent (recipient_kind, recipient_id, channel, place, given_at, officer_id) values ?
     on duplicate key update place = values(place),
       given_at = if(withdrawn_at is null, given_at, values(given_at)),
       officer_id = if(withdrawn_at is null, officer_id, values(officer_id)),
       withdrawn_at = null`,
    [rows],
  );
}

/** Withdraws the consent to every channel but these. */
export async function withdrawConsent(
  transaction: Transaction,
  recipient: Recipient,
  kept: readonly PersonChannel[],
): Promise<void> {
  await transaction.execute(
    `update consent set withdrawn_at = ? where ${ofRecipient} and withdrawn_at is null and channel not in (?)`,
    [transaction.now, ...recipientParameters(recipient), [...kept, '']],
  );
}

/** The channels that the recipient consents to now, the preferred one first. */
export async function consentedTo(transaction: Transaction, recipient: Recipient): Promise<PersonChannel[]> {
  const rows = await transaction.query<{ channel: PersonChannel }>(
    `select channel from consent where ${ofRecipient} and withdrawn_at is null order by place, given_at, channel`,
    recipientParameters(recipient),
  );
  return rows.map(({ channel }) => channel);
}

/** Every consent of the recipient, also what was withdrawn; the preferred channel first. */
export function consentsOf(transaction: Transaction, recipient: Recipient): Promise<Consent[]> {
  return selectRows(
    transaction,
    Consent,
    `where ${ofRecipient} order by place, given_at, channel`,
    recipientParameters(recipient),
  );
}

/** Deletes the recipient's consents, with the other personal data. */
export async function deleteConsents(transaction: Transaction, recipient: Recipient): Promise<void> {
  await transaction.execute(`delete from consent where ${ofRecipient}`, recipientParameters(recipient));
}
