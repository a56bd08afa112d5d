import { HashColumn, type Id, PrimaryId } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/**
 * Somebody with a NIK. A slot belongs to an index key: a to those whose id ends in an odd digit, b to the others. Both
 * are filled while keys rotate, one otherwise, and none once the person's last ticket is wiped (ADR 14).
 */
@Entity('person')
@Index('person_nik_a', ['nikA'], { unique: true })
@Index('person_nik_b', ['nikB'], { unique: true })
export class Person {
  @PrimaryId() id!: Id;
  @HashColumn('nik_a', { nullable: true }) nikA!: Buffer | null;
  @HashColumn('nik_b', { nullable: true }) nikB!: Buffer | null;
}
