import { type EntryKind, type Escalation, EscalationEntry, incidentRegion } from './escalation';
import { type Id, insertRows, newId, type Transaction } from '@sinkron/database';
import { type EventData, type Happened, recordEvents } from '@sinkron/events';

/** What an escalation's own story keeps of something that happened. */
export interface StoryEntry {
  kind: EntryKind;
  /** Null for the service. */
  officerId?: Id | null;
  data?: Record<string, unknown>;
}

type EscalationEvent = Extract<Happened['type'], `escalation.${string}`>;
/** What every event of an escalation says, and is filled in here. */
type Own = 'escalation' | 'ticket' | 'incident' | 'reason';

/** Adds to the story of an escalation, in the transaction of what happened. */
export async function addToStory(
  transaction: Transaction,
  escalation: Pick<Escalation, 'id'>,
  ...told: StoryEntry[]
): Promise<void> {
  const entries = told.map((one) => entryOf(transaction.now, escalation, one));
  await insertRows(transaction, EscalationEntry, entries);
}

/** Tells those outside. */
export async function publish<Type extends EscalationEvent>(
  transaction: Transaction,
  escalation: Escalation,
  type: Type,
  more: Omit<EventData<Type>, Own>,
): Promise<void> {
  await recordEvents(transaction, eventOf(escalation, type, more));
}

/** Both, for many that begin together. */
export async function publishOpened(transaction: Transaction, opened: Escalation[]): Promise<void> {
  const entries = opened.map((escalation) =>
    entryOf(transaction.now, escalation, { kind: 'opened', data: { reason: escalation.reason } }),
  );
  await insertRows(transaction, EscalationEntry, entries);
  const events = opened.flatMap((escalation) => [
    eventOf(escalation, 'escalation.opened', {}),
    ...incidentOf(escalation, 'opened'),
  ]);
  await recordEvents(transaction, ...events);
}

/** An incident's end is told as one too: programs that watch the centre need not know what an escalation is. */
export async function publishIncidentClosed(transaction: Transaction, escalation: Escalation): Promise<void> {
  await recordEvents(transaction, ...incidentOf(escalation, 'closed'));
}

function entryOf(now: Date, { id }: Pick<Escalation, 'id'>, told: StoryEntry): EscalationEntry {
  const { kind, officerId = null, data = null } = told;
  return { id: newId(), escalationId: id, at: now, kind, officerId, data };
}

function eventOf<Type extends EscalationEvent>(
  escalation: Escalation,
  type: Type,
  more: Omit<EventData<Type>, Own>,
): Happened {
  const { id, ticketCode, incident, reason, officeId } = escalation;
  const data = { escalation: id, ticket: ticketCode, incident, reason, ...more };
  return { type, subject: ticketCode ?? incident ?? id, officeId, data } as unknown as Happened;
}

function incidentOf({ id, incident, reason }: Escalation, moment: 'opened' | 'closed'): Happened[] {
  if (incident === null) return [];
  const about = { incident: reason, region: incidentRegion(incident) };
  const where = { subject: incident, officeId: null };
  return moment === 'opened'
    ? [{ type: 'registry.incident.opened', ...where, data: { escalation: id, ...about } }]
    : [{ type: 'registry.incident.closed', ...where, data: about }];
}
