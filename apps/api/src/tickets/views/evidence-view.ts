import type { Language } from '../../http/language';
import { isoOrNull, time } from '../../http/times';
import {
  alikeOnly,
  diagnosisVerdicts,
  type Push,
  pushRecordStates,
  pushStateOf,
  type Reading,
  readingMoments,
} from '@sinkron/resync';
import { z } from 'zod';

const verdict = z.enum(diagnosisVerdicts).exclude(['unknown']);

const reading = z.object({
  moment: z.enum(readingMoments),
  round: z.int(),
  code: z.string().describe("The centre's answer code"),
  verdicts: z.record(z.string(), verdict).meta({ examples: [{ nik: 'match', kk: 'mismatch' }] }),
  scores: z
    .record(z.string(), z.int())
    .describe('How alike names and places are, of 100; from 90 the centre calls it a match')
    .meta({ examples: [{ name: 95 }] }),
  remark: z.string().nullable().describe('That something matches although it is not the same'),
  matched: z.boolean().describe('All that was in dispute matched'),
  readAt: time,
});

const pushView = z.object({
  id: z.uuid().describe('Also its Idempotency-Key at the centre'),
  round: z.int(),
  pushNo: z.int(),
  state: z.enum(pushRecordStates),
  reason: z.string().nullable(),
  trackingId: z.string().nullable(),
  composedAt: time,
  acceptedAt: time.nullable(),
  appliedAt: time.nullable(),
});

/** What the centre answered before and after, and what was pushed: the proof (R8). Never a value, only verdicts. */
export const evidence = z.object({
  before: reading.nullable().describe('The first reading of what is stated now'),
  after: reading.nullable().describe('The reading that proved it'),
  readings: z.array(reading),
  handOvers: z.array(pushView),
});
export type EvidenceView = z.output<typeof evidence>;

/**
 * @param round the present one, whose first and proving reading are the before and after
 * @param language of the remarks; a file that is handed out has the applicant's
 */
export function viewEvidence(
  found: { readings: Reading[]; pushes: Push[] },
  round: number,
  language: Language = 'id',
): EvidenceView {
  const readings = found.readings.map((one) => viewReading(one, language));
  const ofRound = readings.filter((one) => one.round === round);
  return {
    before: ofRound.findLast(({ moment }) => moment === 'before') ?? null,
    after: ofRound.findLast(({ matched }) => matched) ?? null,
    readings,
    handOvers: found.pushes.map(viewPush),
  };
}

function viewReading(
  { moment, round, code, verdicts, scores, matched, readAt }: Reading,
  language: Language,
): z.output<typeof reading> {
  const said = Object.entries(verdicts).map(
    ([field, matches]) => [field, matches ? 'match' : 'mismatch'] as const,
  );
  return {
    moment,
    round,
    code,
    verdicts: Object.fromEntries(said),
    scores,
    remark: alikeOnly(verdicts, scores)?.[language] ?? null,
    matched,
    readAt: readAt.toISOString(),
  };
}

function viewPush(push: Push): z.output<typeof pushView> {
  const { id, round, pushNo, reason, trackingId, composedAt, acceptedAt, appliedAt } = push;
  return {
    id,
    round,
    pushNo,
    state: pushStateOf(push),
    reason,
    trackingId,
    composedAt: composedAt.toISOString(),
    acceptedAt: isoOrNull(acceptedAt),
    appliedAt: isoOrNull(appliedAt),
  };
}
