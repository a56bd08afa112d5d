import type { Role } from '@sinkron/accounts';
import { foldPasted, type Zone } from '@sinkron/identity';
import type { OfficeLevel } from '@sinkron/offices';
import { z } from 'zod';

type Words = readonly [string, ...string[]];

// What people write for a choice, in small letters; the compiler asks for a row for each.

const wordsOfRoles: Record<Role, Words> = {
  officer: ['petugas'],
  supervisor: ['penyelia'],
  liaison: ['penghubung'],
  auditor: ['pemeriksa'],
  admin: ['pengelola', 'administrator'],
};

const wordsOfLevels: Record<OfficeLevel, Words> = {
  nation: ['nasional', 'pusat'],
  province: ['provinsi'],
  office: ['kantor'],
};

const wordsOfZones: Record<Zone, readonly string[]> = {
  'Asia/Jakarta': ['wib'],
  // WIB as well: of two zones with one clock the word means the first.
  'Asia/Pontianak': [],
  'Asia/Makassar': ['wita'],
  'Asia/Jayapura': ['wit'],
};

const choiceOf = new Map(
  [wordsOfRoles, wordsOfLevels, wordsOfZones].flatMap((rows) =>
    Object.entries<readonly string[]>(rows).flatMap(([choice, words]) =>
      words.map((word) => [word, choice] as const),
    ),
  ),
);

/** A cell as the field takes it: of a choice in any case, and by the words that people have for it; others stay. */
export function meant(cell: string, field: z.ZodType): string {
  const choices = choicesOf(field);
  if (!choices) return cell;
  const word = foldPasted(cell).trim().toLowerCase();
  const choice = choiceOf.get(word) ?? word;
  return choices.find((option) => option.toLowerCase() === choice.toLowerCase()) ?? cell;
}

function choicesOf(field: z.ZodType): string[] | null {
  if (field instanceof z.ZodOptional) return choicesOf(field.unwrap() as z.ZodType);
  return field instanceof z.ZodEnum ? field.options.map(String) : null;
}
