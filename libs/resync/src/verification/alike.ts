import type { Scores, Verdicts } from './reading';
import type { Text } from '@sinkron/observability';

const names = {
  name: { id: 'Nama', en: 'The name' },
  birthPlace: { id: 'Tempat lahir', en: 'The place of birth' },
} as const;

/** What to say of a match that is none to the letter; null when all that matches is the same. Pure. */
export function alikeOnly(verdicts: Verdicts, scores: Scores): Text | null {
  const alike = (['name', 'birthPlace'] as const).filter(
    (field) => verdicts[field] === true && (scores[field] ?? 100) < 100,
  );
  if (alike.length === 0) return null;
  const said = alike.map((field) => ({
    id: `${names[field].id} dianggap sesuai oleh pusat dengan skor ${scores[field]} dari 100, bukan sama persis: periksa ejaannya.`,
    en: `${names[field].en} is a match for the centre with a score of ${scores[field]} of 100, not the very same: check the spelling.`,
  }));
  return { id: said.map(({ id }) => id).join(' '), en: said.map(({ en }) => en).join(' ') };
}
