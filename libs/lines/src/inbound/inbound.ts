import {
  CodeColumn,
  HashColumn,
  type Id,
  newId,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import type { InboundChannel } from '@sinkron/messaging';
import { Entity, Index } from 'typeorm';

/** A post of a channel's provider, stored as it came until it is handled. */
@Entity('inbound')
@Index('inbound_body', ['bodyHash'], { unique: true })
export class Inbound {
  @PrimaryId() id!: Id;
  @CodeColumn('channel', 16) channel!: InboundChannel;
  /** Of the channel and the raw body: a provider repeats what it got no answer to. */
  @HashColumn('body_hash') bodyHash!: Buffer;
  /** The raw body, in base64. */
  @SealedColumn('sealed', { large: true }) sealed!: Buffer;
  @TimeColumn('received_at') receivedAt!: Date;

  static create(
    now: Date,
    { channel, bodyHash }: Pick<Inbound, 'channel' | 'bodyHash'>,
    seal: (id: Id) => Buffer,
  ): Inbound {
    const inbound = new Inbound();
    inbound.id = newId();
    inbound.channel = channel;
    inbound.bodyHash = bodyHash;
    inbound.sealed = seal(inbound.id);
    inbound.receivedAt = now;
    return inbound;
  }
}
