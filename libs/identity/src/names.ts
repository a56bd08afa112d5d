import { finding, type Finding } from './finding';
import { foldPasted } from './pasted';

export type NameJudgement = { ok: true; name: string; warnings: Finding[] } | { ok: false; problem: Finding };

const longest = 100;
/** No character of a name is composed of more code units; longer texts are refused before the work of composing. */
const mostUnitsPerCharacter = 8;
/** Control characters, line and paragraph separators, halves of a pair, and the mark that shows letters in reverse. */
const control = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202e]/u;
/** What stands where a letter could not be read: which one it was nobody can tell. */
const broken = '\ufffd';

/**
 * Judges a person's name: 1–100 characters (code points) after trimming, no control characters; digits only warn,
 * for papers hold them. Gives the name folded (`foldPasted`) and trimmed, so that one name has one spelling. A letter that
 * was lost on the way is asked for again. Never throws.
 */
export function judgeName(text: string): NameJudgement {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: finding('name_empty') };
  if (trimmed.length > longest * mostUnitsPerCharacter) {
    return { ok: false, problem: finding('name_too_long') };
  }
  if (control.test(trimmed)) return { ok: false, problem: finding('name_has_control_characters') };

  if (trimmed.includes(broken)) return { ok: false, problem: finding('name_unreadable') };

  const name = foldPasted(trimmed).trim();
  if (name === '') return { ok: false, problem: finding('name_empty') };
  if (Array.from(name).length > longest) return { ok: false, problem: finding('name_too_long') };
  return { ok: true, name, warnings: /\p{Nd}/u.test(name) ? [finding('name_has_digits')] : [] };
}
