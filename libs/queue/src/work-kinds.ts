import { Injectable } from '@nestjs/common';

/** A kind of work, as the lib that makes its rows declares it. */
export interface WorkKind<Name extends string = string> {
  /** ASCII, at most 16 characters; also the name of its BullMQ queue. */
  readonly name: Name;
  /** It asks the centre: it waits while the gate is closed, and no more of it is dispatched than the rate lets through. */
  readonly asksCentre: boolean;
  /**
   * It waits for programs of the offices, which may hang: no office has more than a quarter of the dispatched rows, and
   * a worker does all that are dispatched at once, so that none waits behind those that hang.
   */
  readonly mayHang?: boolean;
}

/** Every kind of work that the libs of this process know: each lib's module declares its own. */
@Injectable()
export class WorkKinds {
  private readonly declared = new Map<string, WorkKind>();

  /** @throws Error for a name that another lib has declared already */
  declare(kinds: readonly WorkKind[]): void {
    for (const kind of kinds) {
      if (this.declared.has(kind.name)) throw new Error(`Two libs declare the kind of work "${kind.name}"`);
      this.declared.set(kind.name, kind);
    }
  }

  get all(): readonly WorkKind[] {
    return [...this.declared.values()];
  }
}
