import { foldName, withoutTitles } from './folded-name';

/** What is compared, letter for letter: a fold that leaves marks of its own in both names would still call them equal. */
it.each([
  ['Nur\u2019aini', 'NURAINI'],
  ['Siti "Ani" Aminah', 'SITI ANI AMINAH'],
  ['Abdul-Rohman', 'ABDUL ROHMAN'],
  ['A.B. Sari', 'A B SARI'],
  ['Sari/Wulandari', 'SARI WULANDARI'],
  ['Putri, Dewi', 'PUTRI DEWI'],
  ['  Siti   Fatimah  binti  Ali ', 'SITI FATIMAH ALI'],
  ['Ren\u00e9', 'RENE'],
  ['', ''],
  ['---', ''],
])('%j is compared as %j', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

it.each('bin binti bte bt binte'.split(' '))(
  '%s between a name and the father counts for nothing',
  (word) => {
    expect(foldName(`Siti ${word} Ali`)).toBe('SITI ALI');
  },
);

it.each(
  'Hj Hjh Kh Khr Dr Drg Drs Dra Drh Ir Prof Ustadz Ustad Ustadzah Ny Tn Nn Sdr Sdri Bpk Ibu'.split(' '),
)('%s before a name is no part of it, with its dot or without', (title) => {
  expect(withoutTitles(`${title} Melati Sari`)).toBe('Melati Sari');
  expect(withoutTitles(`${title}. Melati Sari`)).toBe('Melati Sari');
});

it('takes a single letter for a title only by its dot', () => {
  expect(withoutTitles('H. Melati')).toBe('Melati');
  expect(withoutTitles('H Melati')).toBe('H Melati');
  expect(withoutTitles('K Melati')).toBe('K Melati');
  expect(withoutTitles('Melati H.')).toBe('Melati H.');
});

it('takes several titles, however they are spaced, and never the last word', () => {
  expect(withoutTitles('Prof.  Dr.   Melati')).toBe('Melati');
  expect(withoutTitles('Drs. H.')).toBe('H.');
  expect(withoutTitles('Melati  Sari')).toBe('Melati Sari');
  expect(withoutTitles(' Melati ')).toBe('Melati');
  expect(withoutTitles('')).toBe('');
});

it.each(
  'S.Pd S.Pd.I S.H S.H.I S.E S.E.I S.T S.Kom S.Sos S.IP S.I.Kom S.Ag S.Ked S.Kep S.Keb S.Kel S.Kes S.KM S.Gz S.Hum S.S S.ST S.TP S.Pt S.Psi S.Farm S.Stat S.Ak S.AB S.AP M.Si M.M A.Md A.Md.Keb A.Md.Kep ST SE SH MM MH MA MBA M.Sc MPH Ph.D Lc BA B.Sc Ners NS Apt CPA Sp.A Sp.PD SSTP'.split(
    ' ',
  ),
)('%s behind a comma is a degree', (degree) => {
  expect(withoutTitles(`Melati Sari, ${degree}`)).toBe('Melati Sari');
  expect(withoutTitles(`Melati Sari , ${degree}., S.H.`)).toBe('Melati Sari');
});

it.each([
  ['a name', 'Sari, Melati'],
  ['a degree with a name behind it', 'Sari, S.H., Melati'],
  ['a name with a degree behind it', 'Sari, Melati, S.H.'],
  ['a degree and a name behind one comma', 'Sari, S.H. Melati'],
  ['a longer word that begins like a degree', 'Sari, Shinta'],
  ['a longer word that ends like a degree', 'Sari, Agust'],
  ['nothing', 'Sari,'],
  ['nothing between two commas', 'Sari, , S.H.'],
])('%s behind a comma leaves all of it in the name', (_, name) => {
  expect(withoutTitles(name)).toBe(name);
});

it('knows several degrees behind one comma', () => {
  expect(withoutTitles('Melati Sari, S.H.  M.H.')).toBe('Melati Sari');
});
