import { HashColumn, type Id, IdColumn, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** One sign-in, on one device, until it is ended or expires. */
@Entity('session')
@Index('session_officer', ['officerId'])
export class Session {
  @PrimaryId() id!: Id;
  @IdColumn('officer_id') officerId!: Id;
  /** SHA-256 of the one refresh token that stands; every earlier one names the session but no longer fits. */
  @HashColumn('refresh_hash') refreshHash!: Buffer;
  @TimeColumn('created_at') createdAt!: Date;
  /** Twelve hours after the sign-in, whatever happens in between. */
  @TimeColumn('expires_at') expiresAt!: Date;
  @TimeColumn('ended_at', { nullable: true }) endedAt!: Date | null;
}
