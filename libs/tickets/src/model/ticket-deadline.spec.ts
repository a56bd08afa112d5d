import { Ticket } from './ticket';
import { newId } from '@sinkron/database';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));

function newTicket(deadlineAt: Date | null, deadlineStated: boolean): Ticket {
  return Ticket.create({
    id: newId(),
    code: '7K3M-XQ94-HTRJ',
    personId: newId(),
    service: 'nik_kk_sync',
    purpose: 'bank',
    cause: 'other',
    channel: 'counter',
    officeId: newId(),
    statementId: newId(),
    receivedAt: at(22),
    dueAt: at(23),
    deadlineAt,
    deadlineStated,
  });
}

it.each([
  [null, false, at(25), 'taken', at(25)],
  [at(26), true, at(25), 'taken', at(25)],
  [at(25), true, at(25), 'same', at(25)],
  [at(25), true, at(26), 'later_not_taken', at(25)],
  [at(25), false, at(26), 'later_not_taken', at(25)],
] as const)('a repeat that states a deadline: %s, %s, %s is %s', (before, stated, said, end, deadlineAt) => {
  const ticket = newTicket(before, stated);
  expect(ticket.stateDeadline(said)).toBe(end);
  expect(ticket.deadlineAt).toEqual(deadlineAt);
});

it.each([
  // before, stated, corrected to, closing of the purpose → deadline, stated, changed
  ['later', at(24), true, at(28), at(26), at(28), true, true],
  ['earlier', at(24), false, at(23), at(26), at(23), true, true],
  ['the same', at(24), true, at(24), at(26), at(24), true, false],
  ['to none, where the purpose closes', at(24), true, null, at(26), at(26), false, true],
  ['to none, where nothing closes', at(24), true, null, null, null, false, true],
  ['only the purpose; a stated one stands', at(24), true, undefined, at(26), at(24), true, false],
  ['only the purpose; its closing day counts', at(24), false, undefined, at(26), at(26), false, true],
] as const)('corrects the deadline: %s', (_, before, stated, given, closesAt, deadlineAt, now, changed) => {
  const ticket = newTicket(before, stated);
  expect(ticket.correctDeadline({ purpose: 'bpjs', deadlineAt: given, closesAt })).toBe(changed);
  expect(ticket).toMatchObject({ purpose: 'bpjs', deadlineAt, deadlineStated: now });
});
