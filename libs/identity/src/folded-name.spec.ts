import { foldName, withoutTitles } from './folded-name';

it.each([
  ["NUR'AINI", 'Nur\u2019aini'],
  ['AHMAD FAUZI', 'H. Ahmad Fauzi, S.Pd.'],
  ['SITI AMINAH', 'Hj. Siti  Aminah, S.Pd., M.Pd.'],
  ['AHMAD FAUZI', 'Drs. H. Ahmad Fauzi, M.Si'],
  ['ABDUL ROHMAN', 'Abdul-Rohman'],
  ['SITI FATIMAH ALI', 'Siti Fatimah binti Ali'],
  ['MUHAMMAD ALI AHMAD', 'Muhammad Ali bin Ahmad'],
  ['RENE', 'Ren\u00e9'],
  ['M YUSUF', 'M. Yusuf'],
  ['DEWI LESTARI', 'Dewi Lestari, A.Md.Keb'],
])('%s and %s are one name', (one, other) => {
  expect(foldName(other)).toBe(foldName(one));
});

it.each([
  ['AHMAD FAUZI', 'AHMAD FAUZAN'],
  ['SITI AMINAH', 'SITI AMINA'],
  ['SARI', 'SARI WULANDARI'],
  ['PUTRI, DEWI', 'DEWI'],
])('%s and %s are two names', (one, other) => {
  expect(foldName(one)).not.toBe(foldName(other));
});

it.each([
  ['H. Ahmad Fauzi, S.Pd.', 'Ahmad Fauzi'],
  ['Ir', 'Ir'],
  ['H Ahmad', 'H Ahmad'],
  ['Putri, Dewi', 'Putri, Dewi'],
  ['Prof. Dr. Ir. Budi Santoso, M.Sc., Ph.D.', 'Budi Santoso'],
])('%s stands in a register as %s', (written, registered) => {
  expect(withoutTitles(written)).toBe(registered);
});
