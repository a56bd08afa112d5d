import { GivenOffices, officeErrors } from './office-tree-rules';
import type { OfficeInput } from './office-schemas';
import { OfficeTree } from './office-tree';

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
