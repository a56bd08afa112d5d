import type { PersonChannel } from '../channels';
import { type Id, PrimaryCode, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity } from 'typeorm';

/** An officer's channel, and when the last message there became due: messages are bundled by it. */
@Entity('destination')
export class Destination {
  @PrimaryId('officer_id') officerId!: Id;
  @PrimaryCode('channel', 10) channel!: PersonChannel;
  @TimeColumn('last_due_at') lastDueAt!: Date;
}
