import { rotaPlan } from './rota';
import { refinement } from '@sinkron/observability';
import { officeCode } from '@sinkron/offices';
import { z } from 'zod';

const rotaName = z
  .string()
  .trim()
  .refine(
    (name) => /^[^\p{Cc}\p{Cf}\p{Cs}]{1,60}$/u.test(name),
    refinement(
      'rota_name_format',
      'Nama jadwal: 1–60 karakter tanpa tanda yang tidak terlihat.',
      'A rota name has 1–60 characters and no invisible signs.',
    ),
  )
  .meta({ example: 'Piket malam' });

export const rotaInput = z.strictObject({
  office: officeCode.describe('Code of the office or node that it serves, with all below it'),
  name: rotaName,
  plan: rotaPlan,
});
export type RotaInput = z.output<typeof rotaInput>;

/** The whole of what may change; the office stays. */
export const rotaChange = rotaInput.omit({ office: true });
export type RotaChange = z.output<typeof rotaChange>;
