import type { Escalation } from '../model/escalation';
import { EscalationEntry, type StoryEntry } from '../model/escalation-entry';
import { incidentRegion } from '../model/incident';
import { insertRows, type Transaction } from '@sinkron/database';
import { type EventData, type Happened, recordEvents } from '@sinkron/events';

type EscalationEvent = Extract<Happened['type'], `escalation.${string}`>;
/** What every event of an escalation says, and is filled in here. */
type CommonData = 'escalation' | 'ticket' | 'incident' | 'reason';

/** Adds to the story of an escalation, in the transaction of what happened. */
export async function addToStory(
  transaction: Transaction,
  { id }: Pick<Escalation, 'id'>,
  ...happened: StoryEntry[]
): Promise<void> {
  const entries = happened.map((entry) => EscalationEntry.create(transaction.now, id, entry));
  await insertRows(transaction, EscalationEntry, entries);
}

/** Records an event, for programs outside. */
export async function publish<Type extends EscalationEvent>(
  transaction: Transaction,
  escalation: Escalation,
  type: Type,
  more: Omit<EventData<Type>, CommonData>,
): Promise<void> {
  await recordEvents(transaction, eventOf(escalation, type, more));
}

/** The story's beginning and the event of each. */
export async function publishOpened(transaction: Transaction, opened: Escalation[]): Promise<void> {
  const entries = opened.map(({ id, reason }) =>
    EscalationEntry.create(transaction.now, id, { kind: 'opened', data: { reason } }),
  );
  await insertRows(transaction, EscalationEntry, entries);
  const events = opened.flatMap((escalation) => [
    eventOf(escalation, 'escalation.opened', {}),
    ...incidentEvents(escalation, 'opened'),
  ]);
  await recordEvents(transaction, ...events);
}

/** An incident has events of its own: programs that watch the centre need not know what an escalation is. */
export async function publishIncidentClosed(transaction: Transaction, escalation: Escalation): Promise<void> {
  await recordEvents(transaction, ...incidentEvents(escalation, 'closed'));
}

function eventOf<Type extends EscalationEvent>(
  escalation: Escalation,
  type: Type,
  more: Omit<EventData<Type>, CommonData>,
): Happened {
  const { id, ticketCode, incident, reason, officeId } = escalation;
  const data = { escalation: id, ticket: ticketCode, incident, reason, ...more };
  return { type, subject: ticketCode ?? incident ?? id, officeId, data } as unknown as Happened;
}

function incidentEvents({ id, incident, reason }: Escalation, moment: 'opened' | 'closed'): Happened[] {
  if (incident === null) return [];
  const about = { incident: reason, region: incidentRegion(incident) };
  const where = { subject: incident, officeId: null };
  return moment === 'opened'
    ? [{ type: 'registry.incident.opened', ...where, data: { escalation: id, ...about } }]
    : [{ type: 'registry.incident.closed', ...where, data: about }];
}
