import { CodeColumn, HashColumn, type Id, IdColumn, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** One sign-in, on one device, until it is ended or expires. */
@Entity('session')
@Index('session_officer', ['officerId'])
export class Session {
  @PrimaryId() id!: Id;
  @IdColumn('officer_id') officerId!: Id;
  /** `refreshHash` of the one refresh token that is valid; of every earlier one the beginning still fits. */
  @HashColumn('refresh_hash') refreshHash!: Buffer;
  @TimeColumn('created_at') createdAt!: Date;
  /** Twelve hours after the sign-in, whatever happens in between. */
  @TimeColumn('expires_at') expiresAt!: Date;
  @TimeColumn('ended_at', { nullable: true }) endedAt!: Date | null;
  /** From where the sign-in came, as `maskedNetwork` tells it; null in rows from before it was kept. */
  @CodeColumn('network', 64, { nullable: true }) network!: string | null;
  /** When the last refresh token was exchanged: whoever works does so every quarter of an hour. */
  @TimeColumn('refreshed_at', { nullable: true }) refreshedAt!: Date | null;
}
