import type { Role } from '../permissions/roles';
import {
  CountColumn,
  HashColumn,
  type Id,
  IdColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** Who holds the desk's keys does not sign in by a password alone (issue 3). */
const required: Record<Role, boolean> = {
  officer: false,
  supervisor: true,
  liaison: false,
  auditor: false,
  admin: true,
};

/** Whether this role opens nothing before a second factor is set up. */
export function needsSecondFactor(role: Role): boolean {
  return required[role];
}

/**
 * A secret that an officer's authenticator app shares with us. An officer has one that is confirmed at most, and
 * beside it one at most that waits to be; whoever writes here holds the lock on the officer's row.
 */
@Entity('second_factor')
@Index('second_factor_officer', ['officerId'])
export class SecondFactor {
  @PrimaryId() id!: Id;
  @IdColumn('officer_id') officerId!: Id;
  /** `{ secret }` in base32. */
  @SealedColumn('sealed') sealed!: Buffer;
  /** The latest step whose code was used, in 30 s since 1970: no code of it or of an earlier one is accepted again. */
  @CountColumn('last_step') lastStep!: number;
  @TimeColumn('created_at') createdAt!: Date;
  /** Null until the officer has shown a code of it. */
  @TimeColumn('confirmed_at', { nullable: true }) confirmedAt!: Date | null;
}

/** A code that replaces the authenticator once; the row goes when it is used. */
@Entity('recovery_code')
@Index('recovery_code_hash', ['officerId', 'codeHash'], { unique: true })
export class RecoveryCode {
  @PrimaryId() id!: Id;
  @IdColumn('officer_id') officerId!: Id;
  /** SHA-256: the code is random. */
  @HashColumn('code_hash') codeHash!: Buffer;
}
