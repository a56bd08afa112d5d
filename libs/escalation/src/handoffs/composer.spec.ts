import { escalationReasons } from '../model/escalation';
import { incidents } from '../model/incident';
import { reasonText } from '../model/reasons';
import { composeHandoff, composeIncident, type HandoffFacts } from './composer';

const facts: HandoffFacts = {
  ticketCode: '7K3M-XQ94-HTRJ',
  trackingId: null,
  maskedNik: '3319********0001',
  maskedKk: '3319********0002',
  verdicts: (['nik', 'kk', 'name', 'birthDate', 'birthPlace', 'sex'] as const).map((field) => ({
    field,
    matches: field !== 'kk',
  })),
  escalation: { reason: 'overdue', detail: null },
  deadline: null,
};

/** `wait_over`, `birthPlace`: a name of ours that a contact could not read. */
const code = /[a-z]+_[a-z]+|[a-z][A-Z]/;

it.each(escalationReasons)('tells the contact %s in the words that the desk reads', (reason) => {
  const escalation = { reason, detail: { probability: 0.2, sampleSize: 212 } };
  const text = composeHandoff('Kudus', [{ ...facts, escalation }], null);
  const [, told] = /^Alasan: (.+)$/m.exec(text)!;
  expect(reasonText(escalation).id).toContain(told);
  expect(text).not.toMatch(code);
});

it('names every field that the centre compares', () => {
  expect(composeHandoff('Kudus', [facts], null)).toContain(
    'Hasil baca terakhir: NIK sesuai, No. KK tidak sesuai, Nama sesuai, Tanggal lahir sesuai, Tempat lahir sesuai, Jenis kelamin sesuai',
  );
});

it('numbers several tickets, and asks for an answer once', () => {
  const text = composeHandoff('Kudus', [facts, facts], 'https://sinkron.test/serah-terima/x');
  expect(text).toMatch(/sinkronisasi 2 NIK\/KK[^]*\n\n1\.\n[^]*\n\n2\.\n[^]*\n\nNomor lengkap/);
  expect(text.match(/Mohon dibalas/g)).toHaveLength(1);
});

it.each(incidents)('tells of the incident %s in words', (reason) => {
  const text = composeIncident('Kudus', { reason, detail: null }, '23 Nov 10.00 WIB');
  expect(text).toMatch(
    /^Selamat bertugas\. Kami dari Kudus\.\nSejak 23 Nov 10\.00 WIB, [a-z].+\.\nMohon kabar/,
  );
  expect(text).not.toMatch(code);
});
