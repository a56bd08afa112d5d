import { createHash } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One migration of one statement: DDL commits by itself in MySQL and MariaDB, so two statements in one migration
 * could leave half of it behind. `down` undoes exactly `up`.
 */
export function statement(name: string, up: string, down: string): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(up);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(down);
    }
  };
}

/**
 * A table with everything stated that a server default could change. Its columns are part of the migration's name: until
 * the first release the baseline is edited in place, and a database of an older one is known by a name that is gone.
 */
export function table(name: string, at: number, columns: string): new () => MigrationInterface {
  const print = createHash('sha256').update(columns.replace(/\s+/g, ' ')).digest('hex').slice(0, 8);
  return statement(
    `Create_${name}_${print}_${at}`,
    `create table \`${name}\` (\n${columns}\n) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin`,
    `drop table \`${name}\``,
  );
}
