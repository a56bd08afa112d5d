import { type Id, IdColumn, PrimaryCode, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity } from 'typeorm';
import type { PersonChannel } from './delivery';

/** That an applicant wants to be told by this channel (UU PDP 27/2022 art. 20): who wrote it down, and when. */
@Entity('notice_consent')
export class NoticeConsent {
  @PrimaryId('ticket_id') ticketId!: Id;
  @PrimaryCode('channel', 10) channel!: PersonChannel;
  @TimeColumn('given_at') givenAt!: Date;
  @IdColumn('officer_id') officerId!: Id;
  @TimeColumn('withdrawn_at', { nullable: true }) withdrawnAt!: Date | null;
}
