import { emailIndex, indexedEmail } from './officer-email';
import {
  CodeColumn,
  DigestColumn,
  type Id,
  IdColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import { Entity, Index } from 'typeorm';

/** What somebody is here for; what a role may do is declared at each route. */
export const roles = [
  /** Works on tickets. */
  'officer',
  /** Works on tickets and answers for them. */
  'supervisor',
  /** A person at the centre: sees and answers escalations, nothing else. */
  'liaison',
  /** Reads history and audit, and no personal data. */
  'auditor',
  /** Keeps offices, officers and contacts. */
  'admin',
] as const;
export type Role = (typeof roles)[number];

/** What is sealed of an officer. */
export interface OfficerIdentity {
  email: string;
  name: string;
  /** E.164, for WhatsApp; absent: not reached by it. */
  phone?: string | undefined;
}

/** Somebody who may sign in. */
@Entity('officer')
@Index('officer_email', ['emailKey'], { unique: true })
@Index('officer_office', ['officeId'])
export class Officer {
  @PrimaryId() id!: Id;
  /** The blind index of the address in small letters. */
  @DigestColumn<OfficerIdentity>('email_key', emailIndex, ({ email }) => indexedEmail(email))
  emailKey!: Buffer;
  /** `OfficerIdentity` */
  @SealedColumn('sealed') sealed!: Buffer;
  /** argon2id in its usual text form. */
  @CodeColumn('password_hash', 255) passwordHash!: string;
  @CodeColumn('role', 16) role!: Role;
  @IdColumn('office_id') officeId!: Id;
  /** The officer's own clock; null: that of the office. */
  @CodeColumn('zone', 32, { nullable: true }) zone!: Zone | null;
  @TimeColumn('disabled_at', { nullable: true }) disabledAt!: Date | null;
  @TimeColumn('created_at') createdAt!: Date;
}
