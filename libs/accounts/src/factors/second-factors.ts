import { Injectable } from '@nestjs/common';
import { newRecoveryCodes, recoveryHash } from './recovery-codes';
import { RecoveryCode, SecondFactor } from './second-factor';
import { stepOfCode } from './totp';
import {
  type Id,
  insertRows,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
} from '@sinkron/database';

/** By what somebody showed, beside the password, who they are. */
export type Proof = 'none_set_up' | 'totp' | 'recovery_code';
/** Why they did not. */
export type FactorRefusal = 'otp_required' | 'otp_wrong' | 'otp_used';

export function isRefusal(outcome: Proof | FactorRefusal): outcome is FactorRefusal {
  return outcome === 'otp_required' || outcome === 'otp_wrong' || outcome === 'otp_used';
}

/**
 * Second factors and their recovery codes in the database. Every method works in the caller's transaction, which holds
 * the lock on the officer (`lockOfficer`); all but `state` and `isSetUp`, which only read.
 */
@Injectable()
export class SecondFactors {
  constructor(private readonly sealing: Sealing) {}

  /** Whether one is confirmed, and how many recovery codes are left. */
  async state(
    transaction: Transaction,
    officerId: Id,
  ): Promise<{ setUp: boolean; recoveryCodesLeft: number }> {
    const [codes] = await transaction.query<{ n: number }>(
      'select count(*) as n from recovery_code where officer_id = ?',
      [toBinary(officerId)],
    );
    return { setUp: await this.isSetUp(transaction, officerId), recoveryCodesLeft: Number(codes?.n) };
  }

  async isSetUp(transaction: Transaction, officerId: Id): Promise<boolean> {
    return (await confirmed(transaction, officerId)) !== undefined;
  }

  /** Judges what came beside the password, and uses it up: a code of the app, or a recovery code. */
  async prove(
    transaction: Transaction,
    officerId: Id,
    otp: string | undefined,
  ): Promise<Proof | FactorRefusal> {
    const factor = await confirmed(transaction, officerId);
    if (!factor) return 'none_set_up';
    if (!otp) return 'otp_required';
    const recovery = recoveryHash(otp);
    if (recovery) return (await useUp(transaction, officerId, recovery)) ? 'recovery_code' : 'otp_wrong';
    return this.useCode(transaction, factor, otp);
  }

  /** Keeps a secret that waits to be confirmed, instead of any that waited before. */
  async begin(transaction: Transaction, officerId: Id, secret: string): Promise<void> {
    await transaction.execute('delete from second_factor where officer_id = ? and confirmed_at is null', [
      toBinary(officerId),
    ]);
    await this.insert(transaction, officerId, secret, null);
  }

  /**
   * The secret that waits is the officer's factor from now on, if this is a code of it; the one before goes.
   * @returns `nothing_waits` when none was begun
   */
  async confirm(
    transaction: Transaction,
    officerId: Id,
    otp: string,
  ): Promise<'confirmed' | 'nothing_waits' | 'otp_wrong' | 'otp_used'> {
    const [waiting] = await selectRows(
      transaction,
      SecondFactor,
      'where officer_id = ? and confirmed_at is null',
      [toBinary(officerId)],
    );
    if (!waiting) return 'nothing_waits';
    const used = await this.useCode(transaction, waiting, otp);
    if (used !== 'totp') return used;
    await transaction.execute('delete from second_factor where officer_id = ? and id <> ?', [
      toBinary(officerId),
      toBinary(waiting.id),
    ]);
    await transaction.execute('update second_factor set confirmed_at = ? where id = ?', [
      transaction.now,
      toBinary(waiting.id),
    ]);
    return 'confirmed';
  }

  /** Makes this secret the officer's confirmed factor. @returns false when it is already, and nothing was changed */
  async install(transaction: Transaction, officerId: Id, secret: string): Promise<boolean> {
    const current = await confirmed(transaction, officerId);
    if (current && this.secretOf(current) === secret) return false;
    await this.remove(transaction, officerId);
    await this.insert(transaction, officerId, secret, transaction.now);
    return true;
  }

  /** Ten new recovery codes instead of all before. @returns them, for the only time */
  async renewCodes(transaction: Transaction, officerId: Id): Promise<string[]> {
    const codes = newRecoveryCodes();
    await transaction.execute('delete from recovery_code where officer_id = ?', [toBinary(officerId)]);
    const rows = codes.map((code) => ({ id: newId(), officerId, codeHash: recoveryHash(code)! }));
    await insertRows(transaction, RecoveryCode, rows);
    return codes;
  }

  /** The officer has no factor and no recovery codes any more. @returns whether there was one */
  async remove(transaction: Transaction, officerId: Id): Promise<boolean> {
    const officer = toBinary(officerId);
    await transaction.execute('delete from recovery_code where officer_id = ?', [officer]);
    return (await transaction.execute('delete from second_factor where officer_id = ?', [officer])) > 0;
  }

  private async useCode(transaction: Transaction, factor: SecondFactor, otp: string) {
    const step = stepOfCode(this.secretOf(factor), otp, transaction.now);
    if (step === null) return 'otp_wrong';
    const used = await transaction.execute(
      'update second_factor set last_step = ? where id = ? and last_step < ?',
      [step, toBinary(factor.id), step],
    );
    return used === 1 ? 'totp' : 'otp_used';
  }

  private async insert(
    transaction: Transaction,
    officerId: Id,
    secret: string,
    confirmedAt: Date | null,
  ): Promise<void> {
    const id = newId();
    const sealed = this.sealing.seal({ secret }, placeOf(id));
    await insertRows(transaction, SecondFactor, [
      { id, officerId, sealed, lastStep: 0, createdAt: transaction.now, confirmedAt },
    ]);
  }

  private secretOf({ id, sealed }: SecondFactor): string {
    return this.sealing.open<{ secret: string }>(sealed, placeOf(id)).secret;
  }
}

async function confirmed(transaction: Transaction, officerId: Id): Promise<SecondFactor | undefined> {
  const [factor] = await selectRows(
    transaction,
    SecondFactor,
    'where officer_id = ? and confirmed_at is not null',
    [toBinary(officerId)],
  );
  return factor;
}

async function useUp(transaction: Transaction, officerId: Id, hash: Buffer): Promise<boolean> {
  const used = await transaction.execute('delete from recovery_code where officer_id = ? and code_hash = ?', [
    toBinary(officerId),
    hash,
  ]);
  return used === 1;
}

function placeOf(rowId: Id) {
  return { table: 'second_factor', column: 'sealed', rowId };
}
