import type { Id } from '@sinkron/database';

/**
 * The offices whose tickets, officers and contacts somebody may see: a required argument of every read and write of
 * them. It comes from the tree of offices alone (`OfficeTree.scopeAt`).
 */
export class Scope {
  /** Of whoever may see no office's records. */
  static readonly nothing = new Scope([], false);

  private readonly set: ReadonlySet<Id>;

  /** @param everything the scope of the nation: conditions on the office may then be left out of the SQL */
  constructor(
    readonly ids: readonly Id[],
    readonly everything: boolean,
  ) {
    this.set = new Set(ids);
  }

  includes(officeId: Id): boolean {
    return this.everything || this.set.has(officeId);
  }

  /** What lies in both: a filter never widens what somebody may see. */
  within(other: Scope): Scope {
    if (other.everything) return this;
    return this.everything
      ? other
      : new Scope(
          this.ids.filter((id) => other.includes(id)),
          false,
        );
  }
}
