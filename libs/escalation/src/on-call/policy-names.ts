import { officerErrors } from './on-call-people';
import type { PolicyRules, Who } from './policy';
import { type Id, toBinary, type Transaction } from '@sinkron/database';
import { type FieldError, fieldError } from '@sinkron/observability';
import { type OfficeTree, overseers } from '@sinkron/offices';

/** Every officer and rota that could not be asked about a ticket of this office. */
export async function namesUnknown(
  transaction: Transaction,
  tree: OfficeTree,
  officeId: Id,
  { steps, final }: PolicyRules,
): Promise<FieldError[]> {
  const asked: [string, Who][] = [
    ...steps.map(({ who }, at): [string, Who] => [`steps.${at}.who`, who]),
    ['final.who', final.who],
  ];
  const officers = asked.flatMap(([field, who]) =>
    who.kind === 'officer' ? [[`${field}.officer`, who.officer] as const] : [],
  );
  const rotas = asked.flatMap(([field, who]) =>
    who.kind === 'rota' ? [[`${field}.rota`, who.rota] as const] : [],
  );
  return [
    ...(await officerErrors(transaction, tree, officeId, new Map(officers))),
    ...(await rotaErrors(transaction, tree, officeId, new Map(rotas))),
  ];
}

async function rotaErrors(
  transaction: Transaction,
  tree: OfficeTree,
  officeId: Id,
  named: ReadonlyMap<string, Id>,
): Promise<FieldError[]> {
  if (named.size === 0) return [];
  // Locked, so that none of them is removed before the rules that name it are saved.
  const rows = await transaction.query<{ id: string }>(
    'select lower(hex(id)) as id from rota where id in (?) and office_id in (?) lock in share mode',
    [[...named.values()].map(toBinary), overseers(tree, officeId).map(toBinary)],
  );
  const known = new Set(rows.map(({ id }) => id));
  return [...named]
    .filter(([, id]) => !known.has(id.replaceAll('-', '')))
    .map(([field]) =>
      fieldError(
        field,
        'rota_unknown',
        'Bukan jadwal piket kantor ini atau di atasnya.',
        'Not a rota of this office or of a node above it.',
      ),
    );
}
