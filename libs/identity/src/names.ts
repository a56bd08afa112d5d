import { finding, type Finding } from './finding';

export type NameJudgement = { ok: true; name: string; warnings: Finding[] } | { ok: false; problem: Finding };

const longest = 100;
/** No character of a name is composed of more code units; longer texts are refused before the work of composing. */
const mostUnitsPerCharacter = 8;
/** Control characters, line and paragraph separators, halves of a pair, and marks that reverse the reading direction. */
const control = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/**
 * Judges a person's name: 1–100 characters (code points) after trimming, no control characters; digits only warn,
 * for papers hold them. Gives the name trimmed and NFC-normalised, so that one name has one spelling. Never throws.
 */
export function judgeName(text: string): NameJudgement {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: finding('name_empty') };
  if (trimmed.length > longest * mostUnitsPerCharacter) {
    return { ok: false, problem: finding('name_too_long') };
  }
  if (control.test(trimmed)) return { ok: false, problem: finding('name_has_control_characters') };

  const name = trimmed.normalize('NFC');
  if (Array.from(name).length > longest) return { ok: false, problem: finding('name_too_long') };
  return { ok: true, name, warnings: /\p{Nd}/u.test(name) ? [finding('name_has_digits')] : [] };
}
