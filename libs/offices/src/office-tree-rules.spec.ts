import { type Office, stillOpen } from './office';
import { GivenOffices, officeErrors, placeErrors, successorErrors } from './office-tree-rules';
import type { OfficeInput } from './office-schemas';
import { OfficeTree } from './office-tree';
import { officeForTickets } from './office-visibility';
import type { Problem } from '@sinkron/observability';

const empty = new OfficeTree([]);
const nation: OfficeInput = { code: 'ID', name: 'Pusat', level: 'nation', zone: 'Asia/Jakarta' };
const province: OfficeInput = {
  code: '33',
  name: 'Jawa Tengah',
  level: 'province',
  parent: 'ID',
  zone: 'Asia/Jakarta',
};
const office: OfficeInput = {
  code: '3319',
  name: 'Kudus',
  level: 'office',
  parent: '33',
  zone: 'Asia/Jakarta',
};
const existing = new OfficeTree([
  {
    ...stillOpen,
    id: 'n',
    code: 'ID',
    name: 'Pusat',
    level: 'nation',
    parentId: null,
    zone: 'Asia/Jakarta',
    createdAt: new Date(0),
  },
]);

function codes(inputs: OfficeInput[], tree = empty): string[] {
  const given = new GivenOffices(inputs);
  return inputs.flatMap((input) =>
    officeErrors(input, given, tree).map(({ field, code }) => `${field}:${code}`),
  );
}

it('accepts a whole tree in any order', () => expect(codes([office, province, nation])).toEqual([]));

it('accepts a province below a nation that is there already', () =>
  expect(codes([province], existing)).toEqual([]));

it.each<[string, OfficeInput[], string]>([
  ['an office without a parent', [{ ...office, parent: undefined }], 'parent:parent_level'],
  ['an office below the nation', [nation, { ...office, parent: 'ID' }], 'parent:parent_level'],
  ['a parent that is nowhere', [office], 'parent:parent_level'],
  ['a nation with a parent', [province, { ...nation, parent: '33' }], 'parent:parent_forbidden'],
  ['two nations', [nation, { ...nation, code: 'MY' }], 'level:nation_exists'],
  ['a code twice', [nation, province, { ...province }], 'code:code_repeated'],
])('refuses %s', (_, given, expected) => expect(codes(given)).toContain(expected));

it('never lets a level change, nor a second nation come', () => {
  expect(codes([{ ...province, code: 'ID', parent: undefined }], existing)).toContain('level:level_fixed');
  expect(codes([{ ...nation, code: 'MY' }], existing)).toEqual(['level:nation_exists']);
});

it('judges a list of 60,000 together', () => {
  const many = Array.from({ length: 60_000 }, (_, at) => ({ ...office, code: `K${at}` }));
  expect(codes([nation, province, ...many, { ...office, code: 'K59999' }])).toEqual(['code:code_repeated']);
});

describe('when an office closes', () => {
  const node = (
    code: string,
    level: Office['level'],
    parent: string | null,
    successor: string | null = null,
  ) => ({
    ...stillOpen,
    id: code,
    code,
    name: code,
    level,
    parentId: parent,
    zone: 'Asia/Jakarta' as const,
    createdAt: new Date(0),
    successorId: successor,
  });
  const tree = new OfficeTree([
    node('ID', 'nation', null),
    node('32', 'province', 'ID', '33'),
    node('33', 'province', 'ID'),
    node('3319', 'office', '33'),
    node('3320', 'office', '33', '3321'),
    node('3321', 'office', '33', '3322'),
    node('3322', 'office', '33'),
    node('3201', 'office', '32'),
  ]);

  it.each([
    ['3319', '3322', []],
    ['3319', '3319', ['successor_same']],
    ['3319', '33', ['successor_level']],
    ['33', '3319', ['successor_level']],
    ['3319', '3320', ['office_closed']],
  ])('%s may close into %s but for %j', (code, successor, expected) => {
    const errors = successorErrors(tree.findByCode(code)!, tree.findByCode(successor)!, tree);
    expect(errors.map((error) => error.code)).toEqual(expected);
    expect(errors.every(({ field }) => field === 'successor')).toBe(true);
  });

  it('gives nothing new to it, and names in two languages the office that works in its place', () => {
    const at = (code: string, own = 'ID') => placeErrors('office', code, tree.scopeOf(own), tree);
    expect(at('3319')).toEqual([]);
    expect(at('3319', '3322').map(({ code }) => code)).toEqual(['office_unknown']);
    const [error] = at('3320');
    expect(error).toMatchObject({ field: 'office', code: 'office_closed' });
    expect([error?.message.id, error?.message.en]).toEqual([
      'Kantor 3320 sedang ditutup atau sudah tutup; penggantinya 3322.',
      'Office 3320 is closing or closed; its successor is 3322.',
    ]);
  });

  it('is given no ticket, nor is a node that handles none', () => {
    expect(officeForTickets(tree, '33.19').code).toBe('3319');
    const codeOf = (code: string) => {
      try {
        return officeForTickets(tree, code).code;
      } catch (error) {
        return (error as Problem).errors[0]?.code;
      }
    };
    expect(['3320', '33', '9999'].map(codeOf)).toEqual(['office_closed', 'office_unknown', 'office_unknown']);
  });

  it('is no parent of a new office, though what hangs there already stays until it moves', () => {
    const below: OfficeInput = { ...office, parent: '32' };
    expect(codes([{ ...below, code: '3202' }], tree)).toEqual(['parent:office_closed']);
    expect(codes([{ ...below, code: '3319' }], tree)).toEqual(['parent:office_closed']);
    expect(codes([{ ...below, code: '3201' }], tree)).toEqual([]);
  });
});
