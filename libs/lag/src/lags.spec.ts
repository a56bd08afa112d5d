import type { LagEstimate } from './lag-estimate';
import { Lags, nation, regionOf, regionsOf } from './lags';
import { Office, OfficeTree } from '@sinkron/offices';

const at = new Date('2026-11-22T00:00:00Z');
const office = (id: string, level: Office['level'], parentId: string | null): Office =>
  Object.assign(new Office(), {
    id,
    code: id,
    name: id,
    level,
    parentId,
    zone: 'Asia/Jakarta',
    createdAt: at,
  });

const tree = new OfficeTree([
  office('id', 'nation', null),
  office('JT', 'province', 'id'),
  office('3319', 'office', 'JT'),
  office('3509', 'office', null),
]);

function estimate(region: string, events: number): LagEstimate {
  return { region, computedAt: at, events, censored: 0, pushes: 0, curve: [[events, 0]] };
}

it.each([
  ['3319', 'JT'],
  ['JT', 'JT'],
  ['3509', '35'],
  ['gone', 'nation'],
])('%s lies in the region %s', (id, region) => {
  expect(regionOf(tree, id)).toBe(region);
});

it.each([
  ['its own region', [estimate('JT', 30), estimate('nation', 90)], { basis: 'region', sampleSize: 30 }],
  ['the nation', [estimate('JT', 29), estimate('nation', 30)], { basis: 'nation', sampleSize: 30 }],
  ['nobody', [estimate('JT', 29), estimate('nation', 29)], null],
  ['nobody either', [], null],
])('takes the experience of %s', (_, estimates, expected) => {
  const lag = new Lags(tree, estimates).of('3319');
  expect(lag && { basis: lag.basis, sampleSize: lag.sampleSize }).toEqual(expected);
});

it('names each region once, and not the nation', () => {
  const regions = regionsOf(tree);
  expect(regions).toEqual([...new Set(regions)]);
  expect(regions).toEqual(expect.arrayContaining(['JT', '35']));
  expect(regions).not.toContain(nation);
});

it('counts the pushes of a day by the nation, and none where nothing is known', () => {
  expect(new Lags(tree, [{ ...estimate(nation, 1), pushes: 7 }, estimate('JT', 30)]).pushes).toBe(7);
  expect(new Lags(tree, []).pushes).toBe(0);
});
