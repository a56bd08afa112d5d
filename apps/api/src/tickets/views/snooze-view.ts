import { time } from '../../http/times';
import { maskText } from '@sinkron/identity';
import type { OfficeTree } from '@sinkron/offices';
import type { Statement, Statements, Ticket } from '@sinkron/tickets';
import { z } from 'zod';

/** A snooze ("known, wait until …"): who said it, until when, and why. Answers call it `known`. */
export const snoozeView = z.object({
  until: time,
  by: z.object({ officer: z.uuid(), office: z.string().nullable() }),
  note: z.string().describe('Identity numbers in it are masked'),
});

/** The audit's name for what a snooze shows of a person: its note may name them. */
export const snoozeField = 'known.note:masked';

/** @param note the statement with which it was set; null, as the view then is, while nothing is snoozed */
export function viewSnooze(
  { snoozedUntil }: Pick<Ticket, 'snoozedUntil'>,
  note: Statement | null,
  { tree, noteText }: { tree: OfficeTree; noteText: Statements['noteText'] },
): z.output<typeof snoozeView> | null {
  if (!snoozedUntil || !note?.officerId) return null;
  const by = { officer: note.officerId, office: tree.find(note.officeId)?.code ?? null };
  const text = noteText(note);
  return text === null ? null : { until: snoozedUntil.toISOString(), by, note: maskText(text) };
}
