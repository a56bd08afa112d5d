import { HttpException } from '@nestjs/common';
import { isDatabaseAway } from '@sinkron/database';
import { Problem, type ProblemKind, type Text } from '@sinkron/observability';

const bodyLimit: Text = {
  id: 'Isi permintaan paling besar 64 KiB.',
  en: 'A body may have 64 KiB at most.',
};

const unreadable: [ProblemKind, Text] = [
  'malformed',
  {
    id: 'Permintaan tidak dapat dibaca. Periksa alamat, header dan JSON-nya.',
    en: 'The request cannot be read. Check its address, headers and JSON.',
  },
];

/** What a status that Nest or Fastify decided on is told as; their own words may repeat what was sent. */
const byStatus: Record<number, [ProblemKind, Text]> = {
  400: unreadable,
  401: ['unauthenticated', { id: 'Silakan masuk dahulu.', en: 'Sign in first.' }],
  404: ['not_found', { id: 'Alamat atau metode ini tidak ada.', en: 'There is no such address or method.' }],
  413: ['too_large', bodyLimit],
  415: [
    'unsupported_media',
    { id: 'Kirim isi permintaan sebagai application/json.', en: 'Send the body as application/json.' },
  ],
};

/** Any failure as what the caller may know of it; `internal` is the one whose cause belongs in the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (typeof error !== 'object' || error === null) return internal();
  if (isGone(error)) return new Problem(...unreadable);
  if (isDatabaseAway(error)) return databaseAway();
  const [kind, detail] = byStatus[statusOf(error)] ?? [];
  return kind && detail ? new Problem(kind, detail) : internal();
}

/** Node's word for a caller who hung up in the middle of a body; its code is also that of a lost database. */
function isGone(error: object): boolean {
  return error instanceof Error && error.message === 'aborted';
}

/** Only from those who speak of the request: any other error's `statusCode` is not an answer to our caller. */
function statusOf(error: object): number {
  if (error instanceof HttpException) return error.getStatus();
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const isFastifys = typeof code === 'string' && code.startsWith('FST_ERR_');
  // Fastify parses JSON with a plain SyntaxError that carries a 400.
  const isParsers = error instanceof SyntaxError;
  if (typeof statusCode !== 'number' || !(isFastifys || isParsers)) return 0;
  return statusCode === 414 ? 400 : statusCode;
}

function databaseAway(): Problem {
  return new Problem(
    'unavailable',
    { id: 'Layanan sedang sibuk. Coba lagi sebentar lagi.', en: 'The service is busy. Try again shortly.' },
    [],
    2,
  );
}

function internal(): Problem {
  return new Problem('internal', {
    id: 'Ada kesalahan pada sistem. Sebutkan correlationId ini kepada petugas sistem.',
    en: 'Something went wrong here. Give this correlationId to the people who run the system.',
  });
}
