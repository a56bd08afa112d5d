import type { AskedField } from '@sinkron/registry';

/**
 * What a push would do to the record at the centre, as its first reading tells: `routine` is the desk's daily work; the
 * others wait for a person who says what paper was seen.
 */
export const risks = ['routine', 'unknown_nik', 'name_or_more_differs', 'somebody_else'] as const;
export type Risk = (typeof risks)[number];

/** A risk for which nothing is pushed until somebody confirms the paper. */
export type Doubt = Exclude<Risk, 'routine'>;

/** The paper that was seen. */
export const confirmedDocuments = ['kk', 'ktp', 'birth_certificate', 'other'] as const;
export type ConfirmedDocument = (typeof confirmedDocuments)[number];

/**
 * Weighs a reading; the first rule that fits. A field without a verdict is no risk, and neither is one that the centre
 * calls a match, whatever its score. @returns null when nothing differs
 */
export function riskOf(verdicts: Partial<Record<AskedField, boolean>>): Risk | null {
  const differs = (field: AskedField) => verdicts[field] === false;
  if (differs('nik')) return 'unknown_nik';
  const minor = (['birthPlace', 'birthDate', 'sex'] as const).filter(differs).length;
  if (differs('name'))
    return differs('birthDate') || differs('sex') ? 'somebody_else' : 'name_or_more_differs';
  if (minor > 1) return 'name_or_more_differs';
  return minor === 1 || differs('kk') ? 'routine' : null;
}

/** @param code a risk, or the reason of a ticket, which may be one */
export function isDoubt(code: string | null): code is Doubt {
  return code !== 'routine' && risks.some((risk) => risk === code);
}

/** Whether what was confirmed for one risk holds for what a later reading shows. */
export function covers(confirmed: Risk | null, found: Risk | null): boolean {
  return !isDoubt(found) || confirmed === found || confirmed === 'somebody_else';
}
