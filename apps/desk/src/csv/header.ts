import type { CsvProblem } from './csv-problem';
import { foldPasted } from '@sinkron/identity';
import type { z } from 'zod';

/** What columns are called in Indonesian files; small letters without spaces and signs. */
const otherNames: Record<string, readonly string[]> = {
  code: ['kode', 'kodekantor'],
  name: ['nama', 'namalengkap', 'namakantor', 'namapetugas', 'namalibur', 'keterangan'],
  level: ['tingkat', 'jenjang'],
  parent: ['induk', 'kodeinduk', 'kantorinduk'],
  zone: ['zona', 'zonawaktu', 'timezone'],
  email: ['surel', 'alamatsurel', 'alamatemail'],
  role: ['peran', 'tugas', 'jabatan'],
  office: ['kantor', 'kodekantor', 'officecode'],
  phone: ['telepon', 'telp', 'hp', 'nohp', 'nomorhp', 'notelepon', 'nomortelepon', 'wa', 'nowa', 'whatsapp'],
  day: ['hari', 'tanggal', 'date'],
};

/** The field of the schema that a column is for, however it is written: `Code`, `"E-mail"`, `Kode kantor`. */
export function fieldOf(written: string, schema: z.ZodObject): string | null {
  const name = plain(written);
  const fields = Object.keys(schema.shape);
  return (
    fields.find((field) => plain(field) === name) ??
    fields.find((field) => otherNames[field]?.includes(name)) ??
    null
  );
}

function plain(written: string): string {
  return foldPasted(written)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * What is wrong with the header. A column without a name is no column as long as its cells are empty.
 * @param fields of the columns, null for one that is not known
 */
export function headerProblems(
  line: number,
  written: readonly string[],
  fields: readonly (string | null)[],
  schema: z.ZodObject,
): CsvProblem[] {
  const known = Object.keys(schema.shape);
  const all = known.join(', ');
  const problem = (id: string, en: string, at?: number): CsvProblem => ({
    line,
    ...(at !== undefined && { column: { at: at + 1, name: written[at]!.slice(0, 40) } }),
    message: { id: `${id}; kolomnya: ${all}`, en: `${en}; the columns are ${all}` },
  });
  const missing = known.filter(
    (name) => !fields.includes(name) && !schema.shape[name]?.safeParse(undefined).success,
  );
  return [
    ...fields.flatMap((field, at) => {
      if (field === null)
        return plain(written[at]!) === '' ? [] : problem('kolom ini tidak dikenal', 'unknown column', at);
      return fields.indexOf(field) === at
        ? []
        : problem(`kolom "${field}" ada dua kali`, `the column "${field}" appears twice`, at);
    }),
    ...missing.map((name) => problem(`tidak ada kolom "${name}"`, `column "${name}" is missing`)),
  ];
}
