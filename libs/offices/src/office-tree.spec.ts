import type { Office, OfficeLevel } from './office';
import { OfficeTree } from './office-tree';

function office(code: string, level: OfficeLevel, parentId: string | null): Office {
  const createdAt = new Date(0);
  return { id: `id-${code}`, code, name: code, level, parentId, zone: 'Asia/Jakarta', createdAt };
}

const tree = new OfficeTree([
  office('ID', 'nation', null),
  office('33', 'province', 'id-ID'),
  office('35', 'province', 'id-ID'),
  office('3319', 'office', 'id-33'),
  office('3321', 'office', 'id-33'),
  office('3509', 'office', 'id-35'),
]);

describe('OfficeTree', () => {
  it.each([
    ['3319', ['id-3319']],
    ['33', ['id-33', 'id-3319', 'id-3321']],
    ['ID', ['id-ID', 'id-33', 'id-35', 'id-3319', 'id-3321', 'id-3509']],
  ])('whoever sits at %s sees %j', (code, ids) => {
    const scope = tree.scopeAt(`id-${code}`);
    expect(scope.ids).toEqual(ids);
    for (const { id } of tree.offices) expect(scope.includes(id)).toBe(ids.includes(id));
  });

  it('finds an office by its code however that is written', () => {
    expect(tree.findByCode('33.19')?.id).toBe('id-3319');
    expect(tree.scopeOf('33.19').ids).toEqual(['id-3319']);
    expect(tree.findByCode('33.1')).toBeNull();
  });

  it('sees everything at the nation alone, also what was added since', () => {
    expect(['ID', '33', '3319'].map((code) => tree.scopeAt(`id-${code}`).everything)).toEqual([
      true,
      false,
      false,
    ]);
    expect(tree.scopeAt('id-ID').includes('id-new')).toBe(true);
    expect(tree.scopeAt('id-33').includes('id-new')).toBe(false);
  });

  it('gives nothing to an office that is not there', () => {
    const scope = tree.scopeAt('id-gone');
    expect([scope.ids, scope.everything, scope.includes('id-gone')]).toEqual([[], false, false]);
  });

  it('narrows a scope to a node and its subtree, and never widens it', () => {
    const within = (own: string, asked: string) => tree.scopeOf(own).within(tree.scopeOf(asked)).ids;
    expect(within('ID', '33')).toEqual(['id-33', 'id-3319', 'id-3321']);
    expect(within('33', '3321')).toEqual(['id-3321']);
    expect(within('3319', 'ID')).toEqual(['id-3319']);
    expect(within('33', '35')).toEqual([]);
    expect(within('ID', 'nowhere')).toEqual([]);
    expect(tree.scopeOf('ID').within(tree.scopeOf('ID')).everything).toBe(true);
    expect(tree.scopeOf('ID').within(tree.scopeOf('33')).everything).toBe(false);
  });

  it('finds the nodes above, nearest first, and stops at a cycle', () => {
    expect(tree.above('id-3319').map(({ code }) => code)).toEqual(['33', 'ID']);
    expect(tree.above('id-ID')).toEqual([]);
    const cycle = new OfficeTree([office('1', 'office', 'id-2'), office('2', 'province', 'id-1')]);
    expect(cycle.above('id-1')).toHaveLength(3);
  });
});
