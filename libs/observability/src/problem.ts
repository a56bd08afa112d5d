/** A sentence for people, Indonesian first. */
export interface Text {
  id: string;
  en: string;
}

/** One invalid field of the input, and how to correct it. Never contains the value. */
export interface FieldError {
  /** Path in the body, query or header, e.g. `applicant.nik`. */
  field: string;
  code: string;
  message: Text;
}

/** Every kind of refusal and its HTTP status; a new kind does not compile until it is mapped here. */
const kinds = {
  malformed: { status: 400, title: { id: 'Permintaan tidak terbaca', en: 'Malformed request' } },
  unauthenticated: { status: 401, title: { id: 'Silakan masuk dahulu', en: 'Sign in first' } },
  forbidden: { status: 403, title: { id: 'Tidak diizinkan', en: 'Not allowed' } },
  second_factor_required: {
    status: 403,
    title: { id: 'Faktor kedua belum dipasang', en: 'Second factor not set up' },
  },
  not_confirmed: {
    status: 403,
    title: { id: 'Tunjukkan sekali lagi bahwa ini Anda', en: 'Show once more that it is you' },
  },
  not_found: { status: 404, title: { id: 'Tidak ditemukan', en: 'Not found' } },
  method_not_allowed: { status: 405, title: { id: 'Metode tidak didukung', en: 'Method not allowed' } },
  conflict: {
    status: 409,
    title: { id: 'Tidak sesuai keadaan sekarang', en: 'Conflicts with the present state' },
  },
  too_large: { status: 413, title: { id: 'Isi terlalu besar', en: 'Body too large' } },
  unsupported_media: {
    status: 415,
    title: { id: 'Jenis isi tidak didukung', en: 'Unsupported content type' },
  },
  invalid: { status: 422, title: { id: 'Isian perlu diperbaiki', en: 'Input needs correction' } },
  too_many: { status: 429, title: { id: 'Terlalu sering', en: 'Too many requests' } },
  internal: { status: 500, title: { id: 'Kesalahan pada sistem', en: 'Internal error' } },
  registry_unavailable: {
    status: 502,
    title: { id: 'Pusat tidak menjawab', en: 'The centre does not answer' },
  },
  unavailable: { status: 503, title: { id: 'Layanan sedang sibuk', en: 'Service unavailable' } },
} as const satisfies Record<string, { status: number; title: Text }>;

export type ProblemKind = keyof typeof kinds;

/** A refusal, answered as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly title: Text;

  constructor(
    readonly kind: ProblemKind,
    readonly detail: Text,
    readonly errors: FieldError[] = [],
    /** For 429 and 503: after how many seconds a new attempt makes sense. */
    readonly retryAfter?: number,
  ) {
    super(detail.en);
    this.name = 'Problem';
    this.status = kinds[kind].status;
    this.title = kinds[kind].title;
  }
}

/** The 422 for one or more fields. */
export function invalid(errors: FieldError[]): Problem {
  return new Problem(
    'invalid',
    { id: 'Periksa isian yang disebut di bawah ini.', en: 'Check the fields named below.' },
    errors,
  );
}

/** A refusal with one reason, which its one error names by a code. */
export function fieldProblem(kind: ProblemKind, field: string, code: string, detail: Text): Problem {
  return new Problem(kind, detail, [{ field, code, message: detail }]);
}

export function notFound(): Problem {
  return new Problem('not_found', { id: 'Data tidak ditemukan.', en: 'There is no such thing here.' });
}

/** The JSON of a problem in the caller's language. */
export function problemDocument(problem: Problem, language: 'id' | 'en', correlationId: string) {
  return {
    type: `urn:sinkron:problem:${problem.kind}`,
    title: problem.title[language],
    status: problem.status,
    detail: problem.detail[language],
    errors: problem.errors.map((error) => ({ ...error, message: error.message[language] })),
    correlationId,
  };
}

/**
 * Languages whose readers are served in Indonesian: its old code `in`, which Android still sends, Malay, and the larger
 * languages of the country.
 */
const indonesian = new Set([
  'id',
  'in',
  'ms',
  'jv',
  'jw',
  'su',
  'min',
  'mad',
  'ban',
  'bug',
  'ace',
  'bjn',
  '*',
]);

/** English only when the caller ranks it above Indonesian; `*` and everything else is Indonesian. */
export function preferredLanguage(acceptLanguage: string | undefined): 'id' | 'en' {
  const ranked = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
      const primary = tag.trim().split('-')[0]!;
      return {
        language: indonesian.has(primary) ? 'id' : primary,
        weight: q ? Number(q.trim().slice(2)) || 0 : 1,
      };
    })
    .filter(({ language, weight }) => (language === 'id' || language === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked[0]?.language === 'en' ? 'en' : 'id';
}
