import { statement, table } from './statement';

const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** The register of breaches, and the key by which the audit of one session or token is walked. */
export const breach = [
  table(
    'breach',
    1763800000350,
    `id binary(16) not null primary key,
     office_id binary(16) not null,
     recorded_by binary(16) not null,
     recorded_at datetime(3) not null,
     discovered_at datetime(3) not null,
     window_from datetime(3) not null,
     window_to datetime(3) not null,
     concerns ${code(8)} not null,
     subject_id binary(16) not null,
     notice_given_at datetime(3) null,
     notice_by binary(16) null,
     sealed blob not null,
     key breach_notice (notice_given_at, discovered_at)`,
  ),
  statement(
    'Index_audit_session_1763800000351',
    'create index audit_session on audit (session_id, at)',
    'drop index audit_session on audit',
  ),
];
