/** What failed at the centre, or on the way to it: none of it counts against the ticket. */
export type CentreFault =
  | 'time_out'
  | 'connection_lost'
  | 'server_error'
  | 'nonsense'
  | 'too_many_requests'
  | 'quota_used_up'
  | 'outside_hours'
  | 'configuration';

/** The centre could not answer. Whoever called waits and tries again; nothing is known of what was asked. */
export class CentreFailure extends Error {
  constructor(
    readonly fault: CentreFault,
    /** The centre's own code, where it gave one. */
    readonly code: string | null = null,
  ) {
    super(`The centre: ${fault}${code ? ` (code ${code})` : ''}`);
    this.name = 'CentreFailure';
  }
}
