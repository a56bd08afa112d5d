import type { PersonChannel } from './delivery';
import {
  CountColumn,
  type Id,
  IdColumn,
  PrimaryCode,
  PrimaryId,
  TimeColumn,
  toBinary,
  type Transaction,
} from '@sinkron/database';
import { Entity } from 'typeorm';

/** That an applicant wants to be told by this channel (UU PDP 27/2022 art. 20): who wrote it down, and when. */
@Entity('consent')
export class Consent {
  @PrimaryId('ticket_id') ticketId!: Id;
  @PrimaryCode('channel', 10) channel!: PersonChannel;
  /** Where it stands among the applicant's channels; 0 is preferred. */
  @CountColumn('place') place!: number;
  @TimeColumn('given_at') givenAt!: Date;
  @IdColumn('officer_id') officerId!: Id;
  @TimeColumn('withdrawn_at', { nullable: true }) withdrawnAt!: Date | null;
}

/** Who wrote down which channels an applicant wants, the preferred one first. */
export interface GivenConsent {
  ticketId: Id;
  officerId: Id;
  channels: readonly PersonChannel[];
}

/** Adds to what was consented before; who wants again what was withdrawn gets it again, as given now. */
export async function giveConsent(transaction: Transaction, given: readonly GivenConsent[]): Promise<void> {
  const rows = given.flatMap(({ ticketId, officerId, channels }) =>
    channels.map((channel, place) => [
      toBinary(ticketId),
      channel,
      place,
      transaction.now,
      toBinary(officerId),
    ]),
  );
  if (rows.length === 0) return;
  // Its only unique key is the case's own; assignments are made in their order, so the withdrawal goes last.
  await transaction.execute(
    `insert into consent (ticket_id, channel, place, given_at, officer_id) values ?
     on duplicate key update place = values(place),
       given_at = if(withdrawn_at is null, given_at, values(given_at)),
       officer_id = if(withdrawn_at is null, officer_id, values(officer_id)),
       withdrawn_at = null`,
    [rows],
  );
}

/** The applicant wants no notices any more but by these channels. */
export async function withdrawConsent(
  transaction: Transaction,
  ticketId: Id,
  kept: readonly PersonChannel[],
): Promise<void> {
  await transaction.execute(
    'update consent set withdrawn_at = ? where ticket_id = ? and withdrawn_at is null and channel not in (?)',
    [transaction.now, toBinary(ticketId), [...kept, '']],
  );
}

/** The channels by which the applicant wants to be told now, the preferred one first. */
export async function consentedTo(transaction: Transaction, ticketId: Id): Promise<PersonChannel[]> {
  const rows = await transaction.query<{ channel: PersonChannel }>(
    'select channel from consent where ticket_id = ? and withdrawn_at is null order by place, given_at, channel',
    [toBinary(ticketId)],
  );
  return rows.map(({ channel }) => channel);
}
