import { publicStatuses, pushStates } from '../model/lifecycle';
import { documentKinds, purposes, rejections, suspensions } from '../model/vocabulary';
import { wordsFor } from './status-words';
import { durationProfiles } from '@sinkron/config';

type Facts = Parameters<typeof wordsFor>[0];
const facts = (some: Partial<Facts>): Facts => ({
  status: 'received',
  reason: null,
  outcome: null,
  purpose: 'cpns_sscasn',
  push: 'waiting',
  missingDocuments: null,
  ...some,
});
const reasons = [null, ...suspensions, 'deceased', 'line_down', 'somebody_else', 'identity_disputed'];
const outcomes = [null, ...rejections, 'synchronised'];

describe.each(purposes)('for %s', (purpose) => {
  const namesSscasn = purpose.endsWith('sscasn');
  it.each(publicStatuses)(
    '%s has a message and a next step in both languages, whatever the reason',
    (status) => {
      for (const push of pushStates) {
        for (const reason of reasons) {
          for (const outcome of outcomes) {
            const { message, nextStep } = wordsFor(facts({ status, reason, outcome, purpose, push }));
            for (const text of [message.id, message.en, nextStep.id, nextStep.en]) {
              expect(text).toMatch(/^[A-Z][^{}]+\.$/);
              expect(namesSscasn || !text.includes('SSCASN')).toBe(true);
            }
          }
        }
      }
    },
  );
});

it('says where to try again, by the purpose', () => {
  const step = (purpose: Facts['purpose']) => wordsFor(facts({ status: 'resolved', purpose })).nextStep.id;
  expect(step('cpns_sscasn')).toContain('coba lagi di SSCASN dengan');
  expect(step('bank')).toContain('coba lagi di bank dengan');
});

it('does not say that the centre has what was corrected and not pushed yet', () => {
  const told = (push: Facts['push']) => wordsFor(facts({ status: 'syncing', push })).message.id;
  expect(told('accepted')).toContain('Pusat sudah menerima');
  expect(told('waiting')).not.toContain('sudah menerima');
});

it('promises the time that the resync has in production', () => {
  const hours = durationProfiles.production.day / 3_600_000;
  for (const text of Object.values(wordsFor(facts({ status: 'syncing', push: 'accepted' })).message))
    expect(/(\d+)×(\d+)|(\d+) hours/.exec(text)?.slice(1)).toContain(String(hours));
});

it('names the missing documents', () => {
  const told = (missing: Facts['missingDocuments']) =>
    wordsFor(facts({ status: 'awaiting_documents', reason: 'requirements_unmet', missingDocuments: missing }))
      .message;
  expect(told(['family_card', 'moving_letter']).id).toContain(
    'Yang kurang: KK terbaru, surat pindah (SKPWNI).',
  );
  expect(told([]).id).toContain('Yang kurang: dokumen lain yang diminta petugas.');
  for (const kind of documentKinds) expect(told([kind]).en).toMatch(/Missing: .+\.$/);
});

it("never tells the centre's verdict on a person", () => {
  for (const reason of ['deceased', 'duplicate_data', 'inactive']) {
    for (const status of publicStatuses) {
      expect(wordsFor(facts({ status, reason }))).toEqual(wordsFor(facts({ status })));
    }
  }
});

it("tells an officer's reason, unless it says nothing", () => {
  for (const reason of suspensions.filter((code) => code !== 'other' && code !== 'requirements_unmet')) {
    const told = wordsFor(facts({ status: 'suspended', reason })).message.id;
    expect(told).not.toBe(wordsFor(facts({ status: 'suspended' })).message.id);
  }
  for (const outcome of rejections.filter((code) => code !== 'other')) {
    const told = wordsFor(facts({ status: 'rejected', outcome })).message.id;
    expect(told).not.toBe(wordsFor(facts({ status: 'rejected' })).message.id);
  }
});

it('asks for the papers where something is doubtful, and says of nobody whose NIK it is', () => {
  for (const reason of ['unknown_nik', 'name_or_more_differs', 'somebody_else', 'identity_disputed']) {
    const { message, nextStep } = wordsFor(facts({ status: 'in_review', reason }));
    expect(message.id).toContain('mencocokkan dokumen asli');
    expect(nextStep.id).toContain('KTP dan KK asli');
    expect(message.id).not.toMatch(/orang lain|NIK/);
  }
});
