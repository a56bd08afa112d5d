import { emailIndex, indexedEmail } from './officer-email';
import type { Role } from '../permissions/roles';
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
@Index('officer_rights', ['rightsAt'])
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
  /** When what the officer may do was last changed, or one of their sessions or tokens was ended. */
  @TimeColumn('rights_at') rightsAt!: Date;
  /** When all of their sessions were last ended: links and reply codes in messages from before then are void too. */
  @TimeColumn('shut_out_at', { nullable: true }) shutOutAt!: Date | null;

  static create(now: Date, given: NewOfficer): Officer {
    const officer = new Officer();
    officer.id = given.id;
    officer.emailKey = given.emailKey;
    officer.sealed = given.sealed;
    officer.passwordHash = given.passwordHash;
    officer.role = given.role;
    officer.officeId = given.officeId;
    officer.zone = given.zone;
    officer.disabledAt = null;
    officer.createdAt = now;
    officer.rightsAt = now;
    officer.shutOutAt = null;
    return officer;
  }

  /** Whether this is an administrator who may sign in. */
  get administers(): boolean {
    return this.role === 'admin' && this.disabledAt === null;
  }

  /** @param sealed the identity as it is from now on; the address in it stays */
  changeIdentity(sealed: Buffer): void {
    this.sealed = sealed;
  }

  changeZone(zone: Zone | null): void {
    this.zone = zone;
  }

  changeRole(now: Date, role: Role): void {
    if (role === this.role) return;
    this.role = role;
    this.rightsAt = now;
  }

  moveTo(now: Date, officeId: Id): void {
    if (officeId === this.officeId) return;
    this.officeId = officeId;
    this.rightsAt = now;
  }

  changePassword(now: Date, passwordHash: string): void {
    this.passwordHash = passwordHash;
    this.shutOut(now);
  }

  disable(now: Date): void {
    this.disabledAt ??= now;
    this.shutOut(now);
  }

  enable(now: Date): void {
    if (this.disabledAt === null) return;
    this.disabledAt = null;
    this.rightsAt = now;
  }

  /** Whatever was given to them before counts no more; ending the sessions themselves is the caller's. */
  private shutOut(now: Date): void {
    this.rightsAt = now;
    this.shutOutAt = now;
  }
}

export type NewOfficer = Pick<
  Officer,
  'id' | 'emailKey' | 'sealed' | 'passwordHash' | 'role' | 'officeId' | 'zone'
>;
