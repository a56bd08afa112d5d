import { provinces, regencies } from './region-codes';

/**
 * Regency codes that are no longer issued → the code that followed. A NIK keeps the code of its first registration
 * for ever, so these stay valid: the Papua split of 2022, and Kota Tarakan, which left Kalimantan Timur in 2012.
 */
const successors: ReadonlyMap<string, string> = new Map(
  `9101:9301 9102:9501 9104:9401 9107:9402 9108:9403 9109:9404 9112:9502 9113:9503 9114:9504 9116:9302 9117:9303
   9118:9304 9121:9505 9122:9506 9123:9507 9124:9508 9125:9405 9126:9406 9127:9407 9128:9408
   9201:9601 9204:9602 9205:9603 9209:9604 9210:9605 9271:9671
   6473:6571`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

export function isKnownProvince(province: string): boolean {
  return provinces.has(province);
}

/** Is it a regency or city code (4 digits) of today, or a retired one? */
export function isKnownRegency(regency: string): boolean {
  return regencies.has(regency) || successors.has(regency);
}

/**
 * Is it a district code (6 digits) of a known regency? The districts of retired regencies are not listed anywhere
 * that we know, so any district there counts as known rather than troubling an officer about every old NIK.
 */
export function isKnownDistrict(code: string): boolean {
  const regency = code.slice(0, 4);
  if (successors.has(regency)) return true;
  const district = code.slice(4);
  const ranges = regencies.get(regency)?.districts.split(' ') ?? [];
  return ranges.some((range) => {
    const [first = '', last = first] = range.split('-');
    return district >= first && district <= last && district.length === 2;
  });
}

/** Codes of today's regencies and cities, 4 digits each, ascending. */
export const regencyCodes: readonly string[] = [...regencies.keys()];

/** The name of a province (2 digits) or of a regency or city (4 digits, retired codes by their successor), or null. */
export function regionName(code: string): string | null {
  return provinces.get(code) ?? regencies.get(successors.get(code) ?? code)?.name ?? null;
}

export type Zone = 'Asia/Jakarta' | 'Asia/Pontianak' | 'Asia/Makassar' | 'Asia/Jayapura';

const provincesByZone: Record<Zone, string> = {
  'Asia/Jakarta': '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36',
  'Asia/Pontianak': '61 62',
  'Asia/Makassar': '51 52 53 63 64 65 71 72 73 74 75 76',
  'Asia/Jayapura': '81 82 91 92 93 94 95 96',
};

const zones: ReadonlyMap<string, Zone> = new Map(
  (Object.entries(provincesByZone) as [Zone, string][]).flatMap(([zone, codes]) =>
    codes.split(' ').map((code): [string, Zone] => [code, zone]),
  ),
);

/** The time zone of a province, or of any longer region code that begins with one; null if there is no such province. */
export function zoneOf(code: string): Zone | null {
  return zones.get(code.slice(0, 2)) ?? null;
}
