import { type GivenValues, type TicketFacts, whatChanges } from './what-changes';
import type { Applicant } from '../model/applicant';

const before: Applicant = {
  name: 'Melati Lestari',
  nik: '3319994404990001',
  kk: '3319991005250001',
  birthDate: '1999-04-04',
  phone: '+628100000001',
};
const stated = new Date('2026-12-01T00:00:00Z');
const ticket = { purpose: 'bank', deadlineAt: stated, deadlineStated: true } as const;
const closing = { ...ticket, deadlineStated: false };

const changes = (given: GivenValues, after: Partial<Applicant> = {}, facts: TicketFacts = ticket) =>
  whatChanges(given, { before, after: { ...before, ...after }, ticket: facts });

it.each<[string, ReturnType<typeof changes>]>([
  ['the same name', changes({ applicant: { name: 'Melati Lestari' } })],
  [
    'the same name with more spaces',
    changes({ applicant: { name: 'Melati  Lestari' } }, { name: 'Melati  Lestari' }),
  ],
  ['a field taken away that was not there', changes({ applicant: { birthPlace: null } })],
  ['the same purpose', changes({ purpose: 'bank' })],
  ['the same deadline', changes({ deadlineAt: new Date(stated) })],
  ['no deadline where none was stated', changes({ deadlineAt: null }, {}, closing)],
  ['all of them', changes({ applicant: { kk: before.kk }, purpose: 'bank', deadlineAt: stated })],
])('%s changes nothing', (_, changed) => {
  expect(changed).toBeNull();
});

it.each<[string, ReturnType<typeof changes>, GivenValues]>([
  [
    'of several fields the one that differs',
    changes(
      { applicant: { name: 'Melati Lestari', kk: '3319991005250002' }, purpose: 'bank' },
      { kk: '3319991005250002' },
    ),
    { applicant: { kk: '3319991005250002' } },
  ],
  [
    'a field that is taken away',
    whatChanges(
      { applicant: { phone: null } },
      { before, after: (({ phone: _phone, ...rest }) => rest)(before), ticket },
    ),
    { applicant: { phone: null } },
  ],
  ['a stated deadline that is taken away', changes({ deadlineAt: null }), { deadlineAt: null }],
  ['a closing day that is stated now', changes({ deadlineAt: stated }, {}, closing), { deadlineAt: stated }],
  [
    'a name in other letters',
    changes({ applicant: { name: 'MELATI' } }, { name: 'MELATI' }),
    { applicant: { name: 'MELATI' } },
  ],
  ['another purpose', changes({ purpose: 'bpjs', applicant: { nik: before.nik } }), { purpose: 'bpjs' }],
])('%s is what changes', (_, changed, expected) => {
  expect(changed).toEqual(expected);
});
