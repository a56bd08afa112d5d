import { type Claim, disputing, isSamePerson, nearestClaim } from './claims';

const fauzi: Claim = { name: 'H. Ahmad Fauzi, S.Pd.', birthDate: '1990-01-01' };

it.each([
  ['the same in another spelling', { name: 'AHMAD FAUZI', birthDate: '1990-01-01' }, true],
  ['another birth date', { name: 'Ahmad Fauzi', birthDate: '1991-01-01' }, true],
  ['another name', { name: 'Budi Santoso', birthDate: '1990-01-01' }, true],
  ['another name and birth date', { name: 'Budi Santoso', birthDate: '1991-01-01' }, false],
])('knows by name or birth date whether it can be the same person: %s', (_, other, same) => {
  expect(isSamePerson(fauzi, other)).toBe(same);
  expect(isSamePerson(other, fauzi)).toBe(same);
});

const itself = (claim: Claim) => claim;
const budi: Claim = { name: 'Budi Santoso', birthDate: '1991-01-01' };

it('files a repeat under the claim that is most alike, and under none that cannot be it', () => {
  const brother: Claim = { name: 'Ahmad Fauzi', birthDate: '1992-02-02' };
  expect(nearestClaim([brother, fauzi, budi], itself, fauzi)).toBe(fauzi);
  expect(nearestClaim([budi], itself, fauzi)).toBeUndefined();
});

it('sees a dispute only where two cannot be the same', () => {
  const between: Claim = { name: 'Budi Santoso', birthDate: '1990-01-01' };
  expect(disputing([fauzi, between], itself)).toEqual([]);
  expect(disputing([fauzi, between, budi], itself)).toEqual([fauzi, budi]);
  expect(disputing([fauzi], itself)).toEqual([]);
});
