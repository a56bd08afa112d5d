import { meant } from './words';
import { roles } from '@sinkron/accounts';
import { officeLevels } from '@sinkron/offices';
import { z } from 'zod';

it.each([
  ['Petugas', 'officer'],
  ['PENYELIA', 'supervisor'],
  ['penghubung', 'liaison'],
  ['pemeriksa', 'auditor'],
  ['Pengelola', 'admin'],
  ['administrator', 'admin'],
  ['Admin', 'admin'],
])('takes “%s” as the role %s', (cell, role) => {
  expect(meant(cell, z.enum(roles).optional())).toBe(role);
});

it('leaves what it does not know, and what is a choice of something else', () => {
  expect(meant('Bendahara', z.enum(roles))).toBe('Bendahara');
  expect(meant('constructor', z.enum(roles))).toBe('constructor');
  expect(meant('petugas', z.enum(officeLevels))).toBe('petugas');
  expect(meant('petugas', z.string())).toBe('petugas');
});
