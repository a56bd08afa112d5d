import { parseCsv, together } from './csv';
import { Failure } from '../failure';
import { invalid } from '@sinkron/observability';
import { z } from 'zod';

const schema = z.strictObject({
  code: z.string().min(2),
  level: z.enum(['nation', 'office']),
  parent: z.string().optional(),
});

function problems(text: string): readonly string[] {
  try {
    parseCsv(text, schema);
  } catch (error) {
    if (error instanceof Failure) return error.lines;
    throw error;
  }
  return [];
}

it.each([
  ['commas', 'code,level,parent\nID,nation,\n33,office,ID\n'],
  [
    'semicolons, as spreadsheets in Indonesia write them',
    'code;level;parent\r\nID;nation;\r\n33;office;ID\r\n',
  ],
  [
    'a byte order mark, spaces, quotes and empty lines',
    '\uFEFFcode, level ,parent\n\n"ID",nation,\n 33 ,office,ID',
  ],
  ['a separator that is named first', 'sep=;\r\ncode;level;parent\r\nID;nation;\r\n33;office;ID\r\n'],
  [
    'a separator that is named in quotes, with empty cells',
    '"sep=|";;\ncode|level|parent\nID|nation|\n33|office|ID',
  ],
  ['tabs, as they are copied out of a sheet', 'code\tlevel\tparent\nID\tnation\t\n33\toffice\tID'],
  ['rows that hold nothing', 'code;level;parent\n;;\nID;nation;\n; ;\u00a0\n33;office;ID\n;;;;;\n'],
  ['columns behind the last that hold nothing', 'code;level;parent;;\nID;nation;;;\n33;office;ID;;'],
  ['a header as people write it', ' "Kode Kantor";TINGKAT;\u200bKode_Induk\nID;nation;\n33;office;ID'],
  ['choices as people write them', 'code,level,parent\nID,Nasional,\n33,OFFICE,ID'],
  ['a comma inside a header with semicolons', 'code;level;"parent"\nID;nation;\n33;office;ID'],
  ['columns in another order', 'parent,code,level\n,ID,nation\nID,33,office'],
])('reads %s', (_, text) => {
  expect(parseCsv(text, schema).map(({ value }) => value)).toEqual([
    { code: 'ID', level: 'nation' },
    { code: '33', level: 'office', parent: 'ID' },
  ]);
});

it('keeps the numbers of the lines past empty and long ones', () => {
  const text = 'code,level,parent\n\nID,nation,"a\nb"\n\n33,office,ID';
  expect(parseCsv(text, schema).map(({ line }) => line)).toEqual([4, 6]);
});

it('names every bad line and column, in both languages', () => {
  expect(problems('code,level\nID,nation\nX,office\n33,city\n34\n,nation\nID,nation,x')).toEqual([
    'baris 3, kolom 1 (code): Paling sedikit 2.',
    'line 3, column 1 (code): At least 2.',
    'baris 4, kolom 2 (level): Pilih salah satu: nation, office.',
    'line 4, column 2 (level): Choose one of: nation, office.',
    'baris 5: hanya ada 1 isian, sedangkan judulnya 2 kolom',
    'line 5: has 1 cells, the header has 2',
    'baris 6, kolom 1 (code): Wajib diisi: teks di antara tanda kutip.',
    'line 6, column 1 (code): Required: text in quotes.',
    'baris 7, kolom 3: isian ini tidak mempunyai judul kolom',
    'line 7, column 3: this cell has no column in the header',
  ]);
});

it('shows the first of very many', () => {
  const found = problems(`code,level\n${'X,office\n'.repeat(60_000)}`);
  expect(found).toHaveLength(101);
  expect(found.at(-1)).toBe('\u2026 dan 59950 lagi / and 59950 more');
});

it.each([
  ['', ['line 1: column "code" is missing', 'line 1: column "level" is missing']],
  ['\n\ncode\nID', ['line 3: column "level" is missing']],
  ['code,level,colour\nID,nation,red', ['line 1, column 3 (colour): unknown column']],
  ['code,level,Kode\nID,nation,ID', ['line 1, column 3 (Kode): the column "code" appears twice']],
  ['code,level\n"ID,nation', ['line 2, column 1: A quote (") is opened and not closed.']],
  ['code,level\nID,nation\n3"3,office', ['line 3, column 1: There is a quote']],
])('refuses a file that begins %j', (text, expected) => {
  const found = problems(text);
  expect(found).toHaveLength(expected.length * 2);
  expected.forEach((part, at) => expect(found[at * 2 + 1]).toContain(part));
});

it('gives the errors of the whole the number of their line', async () => {
  const lines = parseCsv('code,level\nID,nation\n\n33,office', schema);
  const refuse = () =>
    Promise.reject(invalid([{ field: '1.parent', code: 'x', message: { id: 'salah', en: 'wrong parent' } }]));
  await expect(together(lines, refuse)).rejects.toThrow(
    new Failure(['baris 4: parent: salah', 'line 4: parent: wrong parent']),
  );
});
