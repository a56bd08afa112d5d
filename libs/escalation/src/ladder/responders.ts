import { Injectable } from '@nestjs/common';
import { onCallAt, type OnCallOfficer, onCallOfficers } from '../on-call/on-call-people';
import type { Who } from '../on-call/policy';
import { Rotas } from '../on-call/rotas';
import { OfficerReach, type Role } from '@sinkron/accounts';
import type { Id, Transaction } from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import { type PersonChannel, reachedBy } from '@sinkron/messaging';
import { type OfficeTree, overseers } from '@sinkron/offices';

/** Somebody who can be asked about an escalation now. */
export interface Responder {
  officerId: Id;
  /** The officer's own clock, else that of the office where they work. */
  zone: Zone;
  /** By which they can be reached. */
  reach: PersonChannel[];
}

/** Finds the people whom a step of a policy asks. */
@Injectable()
export class Responders {
  constructor(
    private readonly rotas: Rotas,
    private readonly reach: OfficerReach,
  ) {}

  /**
   * Whom a step asks at this instant; nobody when the officer is disabled or has moved elsewhere, nobody has the role,
   * or the rota has not begun.
   * @param officeId of the escalation; null for an incident, which is the nation's
   */
  async of(
    transaction: Transaction,
    tree: OfficeTree,
    who: Who,
    officeId: Id | null,
    now: Date,
  ): Promise<Responder[]> {
    const officers = await this.named(transaction, tree, who, officeId, now);
    // Whoever has moved to another region since they were named could not open the ticket.
    const able = officers.filter((one) => officeId === null || tree.scopeAt(one.officeId).includes(officeId));
    return this.reached(transaction, tree, able);
  }

  /** As `of`, for the last step, which must find somebody: else the supervisors of the nodes, from the office up. */
  async headOf(
    transaction: Transaction,
    tree: OfficeTree,
    who: Who,
    officeId: Id | null,
    now: Date,
  ): Promise<Responder[]> {
    const heads = await this.of(transaction, tree, who, officeId, now);
    if (heads.length > 0) return heads;
    const nation = tree.nation?.id;
    const from = officeId ?? nation;
    const nodes = from === undefined ? [] : overseers(tree, from);
    const places: [Id, Role][] = [
      ...nodes.map((node): [Id, Role] => [node, 'supervisor']),
      ...(nation === undefined ? [] : ([[nation, 'admin']] satisfies [Id, Role][])),
    ];
    for (const [node, role] of places) {
      const found = await this.reached(transaction, tree, await onCallAt(transaction, node, role));
      if (found.length > 0) return found;
    }
    return [];
  }

  private async named(
    transaction: Transaction,
    tree: OfficeTree,
    who: Who,
    officeId: Id | null,
    now: Date,
  ): Promise<OnCallOfficer[]> {
    if (who.kind === 'officer') return onCallOfficers(transaction, [who.officer]);
    if (who.kind === 'role') {
      const at = officeId ?? tree.nation?.id;
      return at === undefined ? [] : this.inRole(transaction, tree, at, who.role);
    }
    const duty = await this.rotas.dutyOf(transaction, who.rota, now);
    return duty === null ? [] : onCallOfficers(transaction, [duty]);
  }

  /** Those who have the role at the office; when it closes and they are gone, those at the office that takes over. */
  private async inRole(
    transaction: Transaction,
    tree: OfficeTree,
    officeId: Id,
    role: Role,
  ): Promise<OnCallOfficer[]> {
    for (const node of [officeId, ...tree.successors(officeId).map(({ id }) => id)]) {
      const found = await onCallAt(transaction, node, role);
      if (found.length > 0) return found;
    }
    return [];
  }

  private async reached(
    transaction: Transaction,
    tree: OfficeTree,
    officers: readonly OnCallOfficer[],
  ): Promise<Responder[]> {
    const responders: Responder[] = [];
    for (const { id, officeId, zone } of officers) {
      const reach = await this.reach.of(transaction, id);
      if (!reach) continue;
      responders.push({
        officerId: id,
        zone: zone ?? tree.find(officeId)?.zone ?? 'Asia/Jakarta',
        reach: reachedBy(reach),
      });
    }
    return responders;
  }
}
