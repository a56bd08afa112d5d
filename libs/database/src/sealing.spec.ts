import { randomBytes } from 'node:crypto';
import { newId } from './ids';
import { BlindIndex, Sealing } from './sealing';

const key = (id: string) => ({ id, key: randomBytes(32) });
const place = { table: 'statement', column: 'sealed', rowId: newId() };
const value = { nik: '3319990101900001', name: 'Siti "Ü"' };

it('opens what it sealed, and under the older key of the ring too', () => {
  const older = key('k1');
  const sealed = new Sealing([older]).seal(value, place);
  expect(new Sealing([key('k2'), older]).open(sealed, place)).toEqual(value);
  expect(sealed.includes('3319990101900001')).toBe(false);
});

it('does not open what was altered, moved to another place, or relabelled with another key', () => {
  const ring = [key('k1'), key('k2')];
  const sealing = new Sealing(ring);
  const sealed = sealing.seal(value, place);
  for (let index = 3; index < sealed.length; index++) {
    const altered = Buffer.from(sealed);
    altered[index] = (altered[index] ?? 0) ^ 1;
    expect(() => sealing.open(altered, place)).toThrow();
  }
  expect(() => sealing.open(sealed, { ...place, rowId: newId() })).toThrow();
  expect(() => sealing.open(sealed, { ...place, column: 'other' })).toThrow();
  const relabelled = Buffer.from(sealed);
  relabelled.write('k2', 1);
  expect(() => sealing.open(relabelled, place)).toThrow();
});

it('never seals twice to the same bytes', () => {
  const sealing = new Sealing([key('k1')]);
  expect(sealing.seal(value, place).equals(sealing.seal(value, place))).toBe(false);
});

it('gives equal values in two columns different digests', () => {
  const index = new BlindIndex([key('i1')]);
  expect(index.digest('person.nik', 'x')).toEqual(index.digest('person.nik', 'x'));
  expect(index.digest('person.nik', 'x').equals(index.digest('statement.kk', 'x'))).toBe(false);
});

it('writes under the first key of the ring and looks up under all', () => {
  const [one, two] = [key('i1'), key('i2')];
  const rotating = new BlindIndex([two, one]);
  const old = new BlindIndex([one]).digest('person.nik', 'x');
  const fresh = new BlindIndex([two]).digest('person.nik', 'x');
  expect(rotating.digest('person.nik', 'x')).toEqual(fresh);
  expect(rotating.digests('person.nik', 'x')).toEqual([fresh, old]);
});

it('keeps the digest of a key in the same column, whatever its place in the ring', () => {
  const [one, two] = [key('i1'), key('i2')];
  const slots = (...ring: (typeof one)[]) => new BlindIndex(ring).slots('person.nik', 'x');
  const both = slots(one, two);
  expect(slots(two, one)).toEqual(both);
  expect(slots(one)).toEqual({ a: both.a, b: null });
  expect(slots(two)).toEqual({ a: null, b: both.b });
});
