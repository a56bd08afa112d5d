import type { Office } from './office';
import { foldOfficeCode } from './office-code';
import { Scope } from './scope';
import type { Id } from '@sinkron/database';

/** All offices as they were at one moment. Pure: a scope is decided here and nowhere else. */
export class OfficeTree {
  private readonly byId: ReadonlyMap<Id, Office>;
  private readonly byCode: ReadonlyMap<string, Office>;
  private readonly children = new Map<Id, Office[]>();
  private readonly scopes = new Map<Id, Scope>();

  readonly nation: Office | null;

  constructor(readonly offices: readonly Office[]) {
    this.nation = offices.find(({ level }) => level === 'nation') ?? null;
    this.byId = new Map(offices.map((office) => [office.id, office]));
    this.byCode = new Map(offices.map((office) => [office.code, office]));
    for (const office of offices) {
      if (office.parentId === null) continue;
      const siblings = this.children.get(office.parentId);
      if (siblings) siblings.push(office);
      else this.children.set(office.parentId, [office]);
    }
  }

  find(id: Id): Office | null {
    return this.byId.get(id) ?? null;
  }

  /** However people write the code. */
  findByCode(code: string): Office | null {
    return this.byCode.get(foldOfficeCode(code)) ?? null;
  }

  /** Who sits at this node sees the node and what lies below it; the nation sees everything; no node, nothing. */
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

  /** The nodes above, nearest first. */
  above(id: Id): Office[] {
    const nodes: Office[] = [];
    let parentId = this.byId.get(id)?.parentId ?? null;
    // Three levels at most; the bound stops at a cycle in damaged data.
    while (parentId !== null && nodes.length < 3) {
      const parent = this.byId.get(parentId);
      if (!parent) break;
      nodes.push(parent);
      parentId = parent.parentId;
    }
    return nodes;
  }

  private idsFrom(node: Office): Id[] {
    if (node.level === 'nation') return this.offices.map(({ id }) => id);
    const below = this.children.get(node.id) ?? [];
    // A province's children are offices, which have none.
    return [node.id, ...below.map(({ id }) => id)];
  }
}
