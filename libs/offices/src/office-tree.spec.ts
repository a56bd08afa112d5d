import { type Office, type OfficeLevel, stillOpen } from './office';
import { OfficeTree } from './office-tree';

function office(code: string, level: OfficeLevel, parentId: string | null): Office {
  const createdAt = new Date(0);
  return {
    ...stillOpen,
    id: `id-${code}`,
    code,
    name: code,
    level,
    parentId,
    zone: 'Asia/Jakarta',
    createdAt,
  };
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
    expect(cycle.above('id-1').map(({ code }) => code)).toEqual(['2']);
  });

  describe('when offices have closed into others', () => {
    const into = (code: string, successor: string) => ({
      ...merged.find((one) => one.code === code)!,
      successorId: `id-${successor}`,
    });
    const merged = [...tree.offices, office('3320', 'office', 'id-33')];
    // 3320 into 3319, that into 3509 of another province, and the province 33 into 35.
    const closed = [into('3320', '3319'), into('3319', '3509'), into('33', '35')];
    const after = new OfficeTree([
      ...merged.filter(({ code }) => !closed.some((one) => one.code === code)),
      ...closed,
    ]);
    const codes = (offices: readonly Office[]) => offices.map(({ code }) => code);
    const seenFrom = (code: string) => after.scopeOf(code).ids.map((id) => after.find(id)!.code);

    it('whoever sits at the successor sees what it has taken over, and those above see it too', () => {
      expect(seenFrom('3509')).toEqual(['3509', '3319', '3320']);
      expect(seenFrom('3319')).toEqual(['3319', '3320']);
      expect(seenFrom('35').toSorted()).toEqual(['33', '3319', '3320', '3321', '35', '3509']);
      expect(seenFrom('3321')).toEqual(['3321']);
      expect(after.scopeOf('ID').ids).toHaveLength(after.offices.length);
    });

    it('finds who takes over, nearest first, and the nodes above them', () => {
      expect(codes(after.successors('id-3320'))).toEqual(['3319', '3509']);
      expect(codes(after.successors('id-3509'))).toEqual([]);
      expect(codes(after.above('id-3319'))).toEqual(['3509', '33', '35', 'ID']);
      const cycle = new OfficeTree([into('3320', '3319'), into('3319', '3320')]);
      expect(codes(cycle.successors('id-3320'))).toEqual(['3319']);
    });
  });
});
