import { isoDate } from './dates';
import { finding, type Finding } from './finding';
import { isKnownDistrict } from './regions';

export type KkJudgement = { ok: true; warnings: Finding[] } | { ok: false; problem: Finding };

/**
 * Judges the number of a family card: 6 region of issue, DDMMYY of recording (no + 40), 4 serial. Refused only if it
 * is not 16 ASCII digits or equals the NIK; whatever else is odd warns, for papers outlive the rules. Never throws.
 * @param context `today` as ISO date; the applicant's NIK and the KK before this one, where they are known
 */
export function judgeKk(
  kk: string,
  context: { today: string; nik?: string; previousKk?: string },
): KkJudgement {
  if (!/^[0-9]{16}$/.test(kk)) return { ok: false, problem: finding('kk_not_16_digits') };
  if (kk === context.nik) return { ok: false, problem: finding('kk_equals_nik') };

  const warnings: Finding[] = [];
  if (!isKnownDistrict(kk.slice(0, 6))) warnings.push(finding('kk_region_unknown'));
  if (!isLikelyRecording(kk.slice(6, 12), context.today)) warnings.push(finding('kk_date_odd'));
  if (kk.endsWith('0000')) warnings.push(finding('kk_serial_zero'));
  if (kk === context.previousKk) warnings.push(finding('kk_same_as_previous'));
  return { ok: true, warnings };
}

/** Numbers of this form are of this century, so only its date is tried: read as 19yy none would be in the future. */
function isLikelyRecording(ddmmyy: string, today: string): boolean {
  const date = isoDate(
    2000 + Number(ddmmyy.slice(4)),
    Number(ddmmyy.slice(2, 4)),
    Number(ddmmyy.slice(0, 2)),
  );
  return date !== null && date <= today;
}
