import { DigestColumn, type Id, IdColumn, PrimaryId, SealedColumn, TimeColumn } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** The name of the index by which a contact is found. */
export const phoneIndex = 'contact.phone';

/** What is sealed of a contact. */
export interface ContactIdentity {
  name: string;
  /** E.164 */
  phone: string;
  email?: string | undefined;
  /** What they do there, in words. */
  role?: string | undefined;
}

/** Somebody at the centre, a province or an office whom a hand-off may be sent to; not a user of the desk. */
@Entity('contact')
@Index('contact_phone', ['officeId', 'phoneKey'], { unique: true })
export class Contact {
  @PrimaryId() id!: Id;
  @IdColumn('office_id') officeId!: Id;
  @DigestColumn<ContactIdentity>('phone_key', phoneIndex, ({ phone }) => phone) phoneKey!: Buffer;
  /** `ContactIdentity` */
  @SealedColumn('sealed') sealed!: Buffer;
  @TimeColumn('disabled_at', { nullable: true }) disabledAt!: Date | null;
  @TimeColumn('created_at') createdAt!: Date;
}
