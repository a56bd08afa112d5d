/** Tables to which the application may only add: what stands there is never changed or removed. */
const appendOnly: readonly string[] = ['history', 'audit', 'audit_checkpoint', 'escalation_entry'];

/** What the application's database user may do with a table of the schema; never DDL. A new table is an ordinary one. */
export function applicationRights(table: string): readonly string[] {
  if (table === 'migration') return ['SELECT'];
  if (appendOnly.includes(table)) return ['SELECT', 'INSERT'];
  // The head of a chain moves with its rows.
  if (table === 'audit_chain') return ['SELECT', 'INSERT', 'UPDATE'];
  return ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
}
