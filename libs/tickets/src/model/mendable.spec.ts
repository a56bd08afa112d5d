import { centreMayMend } from './mendable';

it.each([
  // 08, 11, 12, 14, 13 and what differs: the centre's own record
  ['cannot_be_processed', true],
  ['deceased', true],
  ['duplicate_data', true],
  ['inactive', true],
  ['unknown_nik', true],
  ['name_or_more_differs', true],
  ['somebody_else', true],
  // 15, 07: what we ask
  ['nik_format', false],
  ['parameters_invalid', false],
  // Read on by its push, or a person's to decide
  ['pushes_used_up', false],
  ['internal_error', false],
  ['routine', false],
  [null, false],
])('a ticket in review for %s is read again: %s', (reason, again) => {
  expect(centreMayMend(reason)).toBe(again);
});
