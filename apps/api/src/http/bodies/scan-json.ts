import { Problem } from '@sinkron/observability';
import { SyntaxKind, createScanner } from 'jsonc-parser';

/** Nothing that we read is nested deeper; what is would exhaust the stack of whoever walks it. */
const deepest = 10;
const longestName = 60;

/** An object or list that the scanner is in. */
interface Level {
  /** The names that the object has so far; null for a list. */
  names: Set<string> | null;
  /** The next string is a name. */
  nameComes: boolean;
  /** Where in it the scanner is. */
  at: string;
}

/**
 * Looks over a body before anything parses it, in one pass that needs no stack: nesting, and names that occur twice in
 * one object, of which every reader would take another (RFC 8259 §4). Whether it is JSON at all is for the parser.
 * @throws Problem `malformed`, for a name that occurs twice with its place
 */
export function scanJson(text: string): void {
  const scanner = createScanner(text, true);
  const levels: Level[] = [];
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const level = levels.at(-1);
    if (token === SyntaxKind.OpenBraceToken || token === SyntaxKind.OpenBracketToken) {
      if (levels.length === deepest) throw tooDeep();
      const isObject = token === SyntaxKind.OpenBraceToken;
      levels.push({ names: isObject ? new Set() : null, nameComes: isObject, at: isObject ? '' : '0' });
    } else if (token === SyntaxKind.CloseBraceToken || token === SyntaxKind.CloseBracketToken) {
      levels.pop();
    } else if (level && token === SyntaxKind.CommaToken) {
      if (level.names) level.nameComes = true;
      else level.at = String(Number(level.at) + 1);
    } else if (level?.names && level.nameComes && token === SyntaxKind.StringLiteral) {
      level.at = scanner.getTokenValue();
      level.nameComes = false;
      if (level.names.has(level.at)) throw nameTwice(levels);
      level.names.add(level.at);
    }
  }
}

function tooDeep(): Problem {
  return new Problem('malformed', {
    id: 'Isi permintaan bersarang terlalu dalam.',
    en: 'The body is nested too deep.',
  });
}

function nameTwice(levels: Level[]): Problem {
  return new Problem('malformed', { id: 'Ada isian yang ditulis dua kali.', en: 'A field stands twice.' }, [
    {
      field: levels.map(({ at }) => at.slice(0, longestName)).join('.'),
      code: 'duplicate_key',
      message: { id: 'Tulis isian ini satu kali saja.', en: 'Write this field only once.' },
    },
  ]);
}
