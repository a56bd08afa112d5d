import type { Push } from './push';

/** How far one push has come. */
export const pushRecordStates = ['composed', 'accepted', 'applied', 'refused', 'not_taken'] as const;
export type PushRecordState = (typeof pushRecordStates)[number];

/** The reason of a push that the centre called applied, and whose values it does not answer all the same. */
export const stillMismatching = 'still_mismatching';

/** Told by the instants and the reason of a push. Only a composed push may be sent under its key. */
export function pushStateOf({
  reason,
  acceptedAt,
  appliedAt,
}: Pick<Push, 'reason' | 'acceptedAt' | 'appliedAt'>): PushRecordState {
  if (reason !== null) return reason === stillMismatching ? 'not_taken' : 'refused';
  if (appliedAt) return 'applied';
  return acceptedAt ? 'accepted' : 'composed';
}
