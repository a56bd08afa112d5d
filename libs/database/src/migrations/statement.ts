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

/** A table with everything stated that a server default could change. */
export function table(name: string, at: number, columns: string): new () => MigrationInterface {
  return statement(
    `Create_${name}_${at}`,
    `create table \`${name}\` (\n${columns}\n) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin`,
    `drop table \`${name}\``,
  );
}
