import { provinces, regencies } from './region-codes';
import { issuedRegencies } from './testing/issued-regencies';
import {
  isKnownDistrict,
  isKnownProvince,
  isKnownRegency,
  regencyCodes,
  regionName,
  zoneOf,
} from './regions';

const retired = (
  '9101 9102 9104 9107 9108 9109 9112 9113 9114 9116 9117 9118 9121 9122 9123 9124 9125 9126 9127 9128 ' +
  '9201 9204 9205 9209 9210 9271 6473'
).split(' ');

describe('regions', () => {
  it('has the 38 provinces and 514 regencies and cities, each in a province', () => {
    expect(provinces.size).toBe(38);
    expect(regencyCodes).toHaveLength(514);
    expect(regencyCodes.every((code) => isKnownProvince(code.slice(0, 2)))).toBe(true);
  });

  it('knows retired regencies by the name of their successors, which are of today', () => {
    for (const code of retired) {
      expect(regencies.has(code)).toBe(false);
      expect(isKnownRegency(code)).toBe(true);
      expect(isKnownDistrict(`${code}01`)).toBe(true);
      expect(regionName(code)).not.toBeNull();
    }
    expect(regionName('6473')).toBe('Kota Tarakan');
    expect(regionName('9101')).toBe(regionName('9301'));
  });

  it('keeps every regency that was ever issued, known and named', () => {
    // One that a new idn-area-data no longer has goes into `successors` of regions.ts, with the code that followed.
    const lost = issuedRegencies.filter((code) => !isKnownRegency(code) || regionName(code) === null);
    expect(lost).toEqual([]);
    expect(issuedRegencies.length).toBeGreaterThanOrEqual(541);
  });

  it('has every regency of today and every retired one among those that were issued', () => {
    expect([...regencyCodes, ...retired].filter((code) => !issuedRegencies.includes(code))).toEqual([]);
  });

  it('knows districts by range', () => {
    const known = ['110703', '110709', '110711', '110727', '110731'];
    const unknown = ['110702', '110710', '110728', '110799', '1107', '11070', '1107031', '999901', ''];
    expect(known.filter(isKnownDistrict)).toEqual(known);
    expect(unknown.filter(isKnownDistrict)).toEqual([]);
  });

  it('has no district from 90 to 99 in any regency of today, so that PPKK99 stays free', () => {
    const high = Array.from({ length: 10 }, (_, n) => String(90 + n));
    expect(
      regencyCodes.flatMap((code) => high.filter((district) => isKnownDistrict(code + district))),
    ).toEqual([]);
  });

  it('names provinces and regencies', () => {
    expect(regionName('33')).toBe('Jawa Tengah');
    expect(regionName('3319')).toBe('Kabupaten Kudus');
    expect(['', '3', '00', '331999', '__proto__', 'constructor'].map(regionName)).toEqual(
      Array(6).fill(null),
    );
  });

  it('gives every province a zone', () => {
    expect([...provinces.keys()].filter((province) => zoneOf(province) === null)).toEqual([]);
    expect(zoneOf('3319')).toBe('Asia/Jakarta');
    expect(zoneOf('61')).toBe('Asia/Pontianak');
    expect(zoneOf('64')).toBe('Asia/Makassar');
    expect(zoneOf('967199')).toBe('Asia/Jayapura');
    expect(['', '9', '00', '54', 'ab'].map(zoneOf)).toEqual(Array(5).fill(null));
  });
});
