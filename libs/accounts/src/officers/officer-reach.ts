import { Injectable } from '@nestjs/common';
import { Officer, type OfficerIdentity } from './officer';
import type { Role } from '../permissions/roles';
import { type Id, Sealing, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { Zone } from '@sinkron/identity';

/** Where an officer is reached, and who they are by now, for whoever sends messages; never for a view. */
@Injectable()
export class OfficerReach {
  constructor(private readonly sealing: Sealing) {}

  /** Null for an officer who is not there any more, or disabled. */
  async of(
    transaction: Transaction,
    id: Id,
  ): Promise<{
    email: string;
    whatsapp: string | undefined;
    role: Role;
    officeId: Id;
    zone: Zone | null;
    /** Messages from before then let the officer do nothing without signing in. */
    shutOutAt: Date | null;
  } | null> {
    const [officer] = await selectRows(transaction, Officer, 'where id = ? and disabled_at is null', [
      toBinary(id),
    ]);
    if (!officer) return null;
    const { email, phone } = this.sealing.open<OfficerIdentity>(officer.sealed, {
      table: 'officer',
      column: 'sealed',
      rowId: id,
    });
    const { role, officeId, zone, shutOutAt } = officer;
    return { email, whatsapp: phone, role, officeId, zone, shutOutAt };
  }
}
