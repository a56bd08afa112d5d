import type { Permission } from '../permissions/permissions';
import {
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** What a personal access token may be made for: work on tickets, never the account, never administration. */
export const tokenScopes = [
  'cases:read',
  'cases:write',
  'history:read',
  'escalations',
  'handoffs',
  'events',
  'contacts:read',
  'purposes:read',
] as const satisfies readonly Permission[];
export type TokenScope = (typeof tokenScopes)[number];

/** A key that an officer made for a REST client. It does at most what the officer may do now. */
@Entity('personal_token')
@Index('personal_token_officer', ['officerId', 'id'])
export class PersonalToken {
  @PrimaryId() id!: Id;
  @IdColumn('officer_id') officerId!: Id;
  /** SHA-256: the secret is random. */
  @HashColumn('secret_hash') secretHash!: Buffer;
  /** `{ name }`, as the officer typed it. */
  @SealedColumn('sealed') sealed!: Buffer;
  @JsonColumn('scopes') scopes!: TokenScope[];
  @TimeColumn('created_at') createdAt!: Date;
  @TimeColumn('expires_at') expiresAt!: Date;
  /** To the hour: a write at every request would cost more than the request. */
  @TimeColumn('last_used_at', { nullable: true }) lastUsedAt!: Date | null;
  @TimeColumn('revoked_at', { nullable: true }) revokedAt!: Date | null;
}
