import { type EventType, eventTypeNames } from '@sinkron/events';
import { fieldError, invalid, refinement } from '@sinkron/observability';
import { z } from 'zod';

const isPosition = (text: string) => /^\d{1,15}$/.test(text);
const names: readonly string[] = eventTypeNames;

const typeList = z
  .string()
  .max(1_000)
  .refine(
    (text) => text.split(',').every((name) => names.includes(name)),
    refinement(
      'type_unknown',
      `Jenis peristiwa, dipisah koma, dari: ${names.join(', ')}.`,
      `Types of events, comma-separated, of: ${names.join(', ')}.`,
    ),
  )
  .transform((text) => text.split(',') as EventType[])
  .meta({ description: 'Only these, comma-separated', examples: ['escalation.opened,escalation.resolved'] });

export const streamQuery = z.strictObject({
  after: z
    .string()
    .refine(
      isPosition,
      refinement('position_format', 'Pakai id peristiwa terakhir.', 'Use the id of the last event.'),
    )
    .optional()
    .describe('As `Last-Event-ID`, for whoever cannot send headers'),
  types: typeList.optional(),
});
export type StreamQuery = z.output<typeof streamQuery>;

/**
 * Where a reader goes on: what it says itself when it resumes goes before the address, which stays as it was.
 * @throws Problem `invalid` for an id that is none of ours
 */
export function resumedAfter(lastEventId: string | undefined, after: string | undefined): number | null {
  const text = lastEventId || after;
  if (text === undefined) return null;
  if (isPosition(text)) return Number(text);
  const [id, en] = ['Pakai id peristiwa terakhir.', 'Use the id of the last event.'];
  throw invalid([fieldError('Last-Event-ID', 'position_format', id, en)]);
}

/** @throws Problem `invalid` for a client that does not expect a stream, and would wait for its end */
export function requireStreamReader(accept: string | undefined): void {
  if (accept?.toLowerCase().includes('text/event-stream')) return;
  throw invalid([
    fieldError(
      'Accept',
      'stream_only',
      'Alamat ini mengalir tanpa akhir: kirim header Accept: text/event-stream.',
      'This address streams without an end: send the header Accept: text/event-stream.',
    ),
  ]);
}
