/** Faults at the centre that concern every ticket at once: they have one escalation in common. */
export const incidents = [
  'centre_not_taking',
  'centre_not_answering',
  'centre_rejects_us',
  'centre_delayed',
  'request_invalid',
] as const;
export type Incident = (typeof incidents)[number];

/** How an incident is named in the table: its kind, and the region when it concerns one alone. */
export function incidentName(kind: Incident, region: string | null): string {
  return region === null ? kind : `${kind}@${region}`;
}

/** The region that an incident is limited to, by its name; null when it concerns the whole nation. */
export function incidentRegion(name: string): string | null {
  return name.split('@')[1] ?? null;
}
