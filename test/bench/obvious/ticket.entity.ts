import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';

@Entity()
export class Person {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column({ unique: true, length: 16 }) nik!: string;
  @Column({ length: 16 }) kk!: string;
  @Column({ length: 100 }) name!: string;
  @Column({ type: 'date' }) birthDate!: string;
  @Column({ type: 'varchar', length: 100, nullable: true }) birthPlace?: string;
  @Column({ type: 'varchar', length: 1, nullable: true }) sex?: string;
  @Column({ type: 'varchar', length: 20, nullable: true }) phone?: string;
}

@Entity()
export class Ticket {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @ManyToOne(() => Person, { cascade: ['insert'] }) @JoinColumn() person!: Relation<Person>;
  @Column({ length: 32 }) service!: string;
  @Column({ length: 32 }) purpose!: string;
  @Column({ length: 64 }) cause!: string;
  @Column({ length: 16 }) channel!: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) symptom?: string;
  @Column({ length: 16, default: 'received' }) status!: string;
  @CreateDateColumn() receivedAt!: Date;
}
