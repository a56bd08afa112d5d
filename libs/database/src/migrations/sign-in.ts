import { statement, table } from './statement';

const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const json = 'text character set utf8mb4 collate utf8mb4_bin';

/** libs/access: second factors, recovery codes, personal access tokens, and what a session shows to its owner. */
export const signIn = [
  statement(
    'Session_network_1763800000101',
    `alter table session add column network ${code(64)} null`,
    'alter table session drop column network',
  ),
  statement(
    'Session_refreshed_at_1763800000102',
    'alter table session add column refreshed_at datetime(3) null',
    'alter table session drop column refreshed_at',
  ),
  table(
    'second_factor',
    1763800000103,
    `id binary(16) not null primary key,
     officer_id binary(16) not null,
     sealed blob not null,
     last_step int unsigned not null,
     created_at datetime(3) not null,
     confirmed_at datetime(3) null,
     key second_factor_officer (officer_id)`,
  ),
  table(
    'recovery_code',
    1763800000104,
    `id binary(16) not null primary key,
     officer_id binary(16) not null,
     code_hash binary(32) not null,
     unique key recovery_code_hash (officer_id, code_hash)`,
  ),
  table(
    'personal_token',
    1763800000105,
    `id binary(16) not null primary key,
     officer_id binary(16) not null,
     secret_hash binary(32) not null,
     sealed blob not null,
     scopes ${json} not null,
     created_at datetime(3) not null,
     expires_at datetime(3) not null,
     last_used_at datetime(3) null,
     revoked_at datetime(3) null,
     key personal_token_officer (officer_id, id)`,
  ),
];
