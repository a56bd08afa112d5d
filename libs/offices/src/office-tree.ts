import type { Office } from './office';
import { foldOfficeCode } from './office-code';
import { Scope } from './scope';
import type { Id } from '@sinkron/database';

/** All offices as they were at one moment. Pure: a scope is decided here and nowhere else. */
export class OfficeTree {
  private readonly byId: ReadonlyMap<Id, Office>;
  private readonly byCode: ReadonlyMap<string, Office>;
  /** What hangs directly on a node: its children, and the offices that it succeeds. */
  private readonly hanging = new Map<Id, Office[]>();
  private readonly scopes = new Map<Id, Scope>();

  readonly nation: Office | null;

  constructor(readonly offices: readonly Office[]) {
    this.nation = offices.find(({ level }) => level === 'nation') ?? null;
    this.byId = new Map(offices.map((office) => [office.id, office]));
    this.byCode = new Map(offices.map((office) => [office.code, office]));
    for (const office of offices) {
      for (const id of nodesOver(office)) {
        const others = this.hanging.get(id);
        if (others) others.push(office);
        else this.hanging.set(id, [office]);
      }
    }
  }

  find(id: Id): Office | null {
    return this.byId.get(id) ?? null;
  }

  /** However people write the code. */
  findByCode(code: string): Office | null {
    return this.byCode.get(foldOfficeCode(code)) ?? null;
  }

  /**
   * Who sits at this node sees the node, what lies below it, and what it has taken over from offices that closed; the
   * nation sees everything; no node, nothing.
   */
  scopeAt(id: Id): Scope {
    let scope = this.scopes.get(id);
    if (!scope) {
      const node = this.byId.get(id);
      scope = new Scope(node ? this.idsFrom(node) : [], node?.level === 'nation');
      this.scopes.set(id, scope);
    }
    return scope;
  }

  /** The same for the node with this code; nothing for a code that is not known. */
  scopeOf(code: string): Scope {
    return this.scopeAt(this.findByCode(code)?.id ?? '');
  }

  /** The nodes above, nearest first; above a closing or closed office its successor and the nodes above that too. */
  above(id: Id): Office[] {
    return this.reachedFrom(id, (office) => nodesOver(office).flatMap((over) => this.find(over) ?? []));
  }

  /** The offices that take over what this one has, nearest first: the last of them works. Empty for one that is open. */
  successors(id: Id): Office[] {
    return this.reachedFrom(id, ({ successorId }) =>
      successorId === null ? [] : (this.find(successorId) ?? []),
    );
  }

  private idsFrom(node: Office): Id[] {
    if (node.level === 'nation') return this.offices.map(({ id }) => id);
    const below = this.reachedFrom(node.id, ({ id }) => this.hanging.get(id) ?? []);
    return [node.id, ...below.map(({ id }) => id)];
  }

  /** Every node to which such steps lead, nearest first and each once; a cycle in damaged data ends it. */
  private reachedFrom(id: Id, step: (office: Office) => Office | Office[]): Office[] {
    const start = this.byId.get(id);
    const reached = new Set<Office>(start ? [start] : []);
    // A set that grows while it is walked is walked to its end.
    for (const node of reached) for (const next of [step(node)].flat()) reached.add(next);
    return [...reached].slice(1);
  }
}

/** On what an office hangs: its successor first, which is nearer than the node above. */
function nodesOver({ successorId, parentId }: Office): Id[] {
  return [successorId, parentId].filter((id) => id !== null);
}
