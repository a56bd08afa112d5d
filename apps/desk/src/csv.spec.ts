import { parseCsv, together } from './csv';
import { Failure } from './failure';
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

it('names every bad line', () => {
  expect(problems('code,level\nID,nation\nX,office\n33,city\n34\n,nation')).toEqual([
    'line 3: code: At least 2.',
    'line 4: level: Choose one of: nation, office.',
    'line 5: has 1 cells, the header has 2',
    'line 6: code: Required: text in quotes.',
  ]);
});

it.each([
  ['', ['column "code" is missing', 'column "level" is missing']],
  ['code\nID', ['column "level" is missing']],
  ['code,level,colour\nID,nation,red', ['unknown column "colour"']],
  ['code,level,code\nID,nation,ID', ['a column appears twice']],
  ['code,level\n"ID,nation', ['is not CSV']],
])('refuses a file that begins %j', (text, expected) => {
  const found = problems(text);
  expect(found).toHaveLength(expected.length);
  expected.forEach((part, at) => expect(found[at]).toContain(part));
});

it('gives the errors of the whole the number of their line', async () => {
  const lines = parseCsv('code,level\nID,nation\n\n33,office', schema);
  const refuse = () =>
    Promise.reject(invalid([{ field: '1.parent', code: 'x', message: { id: 'salah', en: 'wrong parent' } }]));
  await expect(together(lines, refuse)).rejects.toThrow(new Failure(['line 4: parent: wrong parent']));
});
