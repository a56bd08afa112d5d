import { weakness } from './password-strength';

const about = ['petugas.kudus@demo.sinkron.test', 'Melati Lestari'];

it.each([
  ['a common one with digits behind it', 'Password12345'],
  ['a common one in other letters', 'P@ssw0rd1234'],
  ['a common one in full width', 'ｐａｓｓｗｏｒｄ１２３４'],
  ['two common ones', 'iloveyouforever'],
  ['the name of the service', 'Sinkron12345'],
  ['the name of the authority', 'dukcapil2026'],
  ['the own name', 'melatilestari'],
  ['the own name with digits', 'melatilestari12'],
  ['the own place of work', 'disdukcapil-kudus'],
  ['the own address', 'petugas.kudus@demo.sinkron.test'],
  ['a repetition', 'abcabcabcabc'],
  ['a long repetition', 'x'.repeat(200)],
  ['a sequence', '123456789012'],
  ['a row of keys', 'qwertyuiop12'],
])('refuses %s and says how to choose a better one', async (_, password) => {
  expect(await weakness(password, about)).toEqual({
    field: 'password',
    code: 'password_common',
    message: { id: expect.stringContaining('mudah ditebak'), en: expect.stringContaining('easy to guess') },
  });
});

it.each(['pilih-kata-sandi-panjang', 'typed by hand', 'k7m2-p9qx-4hdt', 'correct horse battery'])(
  'takes %s',
  async (password) => {
    expect(await weakness(password, about)).toBeNull();
  },
);

it('names the field that it was asked about', async () => {
  expect(await weakness('aaaaaaaaaaaa', [], 'officers.0.password')).toMatchObject({
    field: 'officers.0.password',
  });
});
