import type { FieldError, Text } from './problem';

/** The parts of a Zod issue that are used here; typed by hand so that this lib does not need Zod. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly unknown[];
  readonly code?: string;
  readonly keys?: readonly string[];
  readonly input?: unknown;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly params?: { code?: string; message?: Text };
}

/** Field errors in two languages from the issues of a schema; the value itself is never repeated. */
export function fieldErrors(issues: readonly SchemaIssue[], root = ''): FieldError[] {
  return issues.flatMap((issue) => {
    const path = (issue.path ?? []).map((part) => String(isSegment(part) ? part.key : part));
    if (issue.code === 'unrecognized_keys') {
      return (issue.keys ?? [])
        .slice(0, 20)
        .map((key) => errorAt([...path, key.slice(0, 60)], root, unknownField));
    }
    return [errorAt(path, root, wording(issue))];
  });
}

interface Wording {
  code: string;
  message: Text;
}

const unknownField: Wording = {
  code: 'unknown_field',
  message: {
    id: 'Isian ini tidak dikenal; hapus dari permintaan.',
    en: 'This field is not known; leave it out.',
  },
};

function errorAt(path: string[], root: string, { code, message }: Wording): FieldError {
  return { field: [...(root ? [root] : []), ...path].join('.') || 'body', code, message };
}

function wording(issue: SchemaIssue): Wording {
  if (issue.params?.code && issue.params.message)
    return { code: issue.params.code, message: issue.params.message };
  switch (issue.code) {
    case 'invalid_type':
      return typeWording(issue);
    case 'invalid_value':
      return {
        code: isMissing(issue) ? 'required' : 'unknown_value',
        message: {
          id: `Pilih salah satu: ${(issue.values ?? []).join(', ')}.`,
          en: `Choose one of: ${(issue.values ?? []).join(', ')}.`,
        },
      };
    case 'too_small':
      return {
        code: 'too_short',
        message: { id: `Paling sedikit ${issue.minimum}.`, en: `At least ${issue.minimum}.` },
      };
    case 'too_big':
      return {
        code: 'too_long',
        message: { id: `Paling banyak ${issue.maximum}.`, en: `At most ${issue.maximum}.` },
      };
    default:
      return {
        code: 'invalid_format',
        message: {
          id: 'Bentuk isian tidak sesuai; lihat contoh di dokumentasi.',
          en: 'The format is not right; see the example in the documentation.',
        },
      };
  }
}

const typeNames: Record<string, Text> = {
  string: { id: 'teks di antara tanda kutip', en: 'text in quotes' },
  boolean: { id: 'true atau false', en: 'true or false' },
  object: { id: 'sebuah objek JSON', en: 'a JSON object' },
  array: { id: 'sebuah daftar JSON', en: 'a JSON list' },
  number: { id: 'angka', en: 'a number' },
  int: { id: 'bilangan bulat', en: 'a whole number' },
};

/** Zod says that a value is missing only in its message; of an enum only with `nameMissingValues` of the API. */
function isMissing({ message }: SchemaIssue): boolean {
  return message.includes('received undefined');
}

function typeWording(issue: SchemaIssue): Wording {
  const { expected = '' } = issue;
  const name = typeNames[expected] ?? { id: expected, en: expected };
  if (isMissing(issue)) {
    return { code: 'required', message: { id: `Wajib diisi: ${name.id}.`, en: `Required: ${name.en}.` } };
  }
  return { code: 'wrong_type', message: { id: `Harus berupa ${name.id}.`, en: `Must be ${name.en}.` } };
}

function isSegment(part: unknown): part is { key: PropertyKey } {
  return typeof part === 'object' && part !== null && 'key' in part;
}
