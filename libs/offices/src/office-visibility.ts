import type { Id } from '@sinkron/database';
import { invalid, notFound } from '@sinkron/observability';
import type { Office } from './office';
import { officeClosed, officeUnknown } from './office-tree-rules';
import type { OfficeTree } from './office-tree';
import type { Scope } from './scope';

/** The offices whose officers see all that lies at this one: itself and the nodes above, nearest first. */
export function overseers(tree: OfficeTree, officeId: Id): Id[] {
  return [officeId, ...tree.above(officeId).map(({ id }) => id)];
}

/** An office inside the scope of whoever asks. @throws Problem `not_found` */
export function officeInScope({ scope }: { scope: Scope }, tree: OfficeTree, code: string): Office {
  const office = tree.findByCode(code);
  if (!office || !scope.includes(office.id)) throw notFound();
  return office;
}

/** What is kept at a node serves the ones below: the offices of the scope, and the nodes above the own one. */
export function reachable(
  { scope, office }: { scope: Scope; office: Pick<Office, 'id'> },
  tree: OfficeTree,
): Id[] {
  return [...scope.ids, ...tree.above(office.id).map(({ id }) => id)];
}

/** The office to which a ticket is given. @throws Problem `invalid` for one that handles none, or takes none any more */
export function officeForTickets(tree: OfficeTree, code: string): Office {
  const office = tree.findByCode(code);
  if (office?.level !== 'office') throw invalid([officeUnknown('office')]);
  const closed = officeClosed('office', office, tree);
  if (closed.length > 0) throw invalid(closed);
  return office;
}
