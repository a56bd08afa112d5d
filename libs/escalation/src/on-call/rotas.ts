import { Injectable } from '@nestjs/common';
import { officerErrors } from './on-call-people';
import { type ShiftChange, nextShiftChanges, onDuty, type RotaPlan } from './rota';
import { Rota, RotaOverride } from './rota-row';
import type { RotaChange, RotaInput } from './rota-schemas';
import { type Actor, requirePermission } from '@sinkron/accounts';
import { Audit, type AuditDetail, actedBy } from '@sinkron/audit';
import {
  fromBinary,
  type Id,
  insertRows,
  isId,
  type Page,
  pageOf,
  type PageQuery,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
  updateRow,
} from '@sinkron/database';
import { fieldError, invalid, notFound, Problem } from '@sinkron/observability';
import { OfficeDirectory, type OfficeTree, placeErrors, reachable } from '@sinkron/offices';

/** A rota as lists show it. */
export interface RotaView {
  id: Id;
  office: { code: string; name: string };
  name: string;
  plan: RotaPlan;
}

/** A rota with who has the turn now, and what comes. */
export interface RotaNow extends RotaView {
  onDuty: Id | null;
  /** The next shift changes, by the plan alone. */
  handovers: ShiftChange[];
  /** Those that hold now or later, the next one first. */
  overrides: { id: Id; officer: Id; from: Date; to: Date }[];
}

/** Somebody else has the turn from one instant until before another. */
export interface OverrideInput {
  officer: Id;
  from: Date;
  to: Date;
}

const longestOverride = 366 * 24 * 3_600_000;
const shownShiftChanges = 5;
const shownOverrides = 100;

/**
 * Keeps the rotas. One at a node serves every office below it and is seen from there too. Whoever changes it must have
 * the node in scope, and its officers must be of the node or of one above, to see all that they are asked about.
 */
@Injectable()
export class Rotas {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
  ) {}

  async list(by: Actor, { cursor, limit }: PageQuery): Promise<Page<RotaView>> {
    requirePermission(by, 'on-call:read');
    const tree = await this.directory.tree();
    const rotas = await this.transactions.run((transaction) =>
      selectRows(transaction, Rota, 'where office_id in (?) and id > ? order by id limit ?', [
        reachable(by, tree).map(toBinary),
        cursor ? toBinary(cursor) : Buffer.alloc(16),
        limit + 1,
      ]),
    );
    await this.audit.read({ ...actedBy(by), action: 'rotas_listed' });
    return pageOf(
      rotas.map((rota) => view(rota, tree)),
      limit,
    );
  }

  /** @throws Problem `not_found`, also for a rota out of reach */
  async find(by: Actor, id: string): Promise<RotaNow> {
    requirePermission(by, 'on-call:read');
    const tree = await this.directory.tree();
    const rota = await this.transactions.run(async (transaction) =>
      viewNow(transaction, await get(transaction, reachable(by, tree), id), tree),
    );
    await this.audit.read({ ...actedBy(by), action: 'rota_read', detail: { rota: id } });
    return rota;
  }

  /** @throws Problem `forbidden`, or `invalid` for an office out of scope or a member who could not take a turn */
  async create(by: Actor, { office, name, plan }: RotaInput): Promise<RotaNow> {
    requirePermission(by, 'on-call:write');
    const tree = await this.directory.tree();
    const errors = placeErrors('office', office, by.scope, tree);
    if (errors.length > 0) throw invalid(errors);
    const officeId = tree.findByCode(office)!.id;
    return this.transactions.run(async (transaction) => {
      await requireMembers(transaction, tree, officeId, plan);
      const rota = Rota.create(transaction.now, officeId, { name, plan, by: by.officerId });
      await insertRows(transaction, Rota, [rota]);
      await this.record(transaction, by, 'rota_created', rota);
      return viewNow(transaction, rota, tree);
    });
  }

  /** @throws Problem `forbidden`, `not_found`, or `invalid` as for a new one */
  change(by: Actor, id: string, { name, plan }: RotaChange): Promise<RotaNow> {
    return this.write(by, id, async (transaction, rota, tree) => {
      await requireMembers(transaction, tree, rota.officeId, plan);
      rota.change(transaction.now, { name, plan, by: by.officerId });
      await updateRow(transaction, Rota, rota, 'id = ?', [toBinary(id)]);
      await this.record(transaction, by, 'rota_changed', rota);
      return viewNow(transaction, rota, tree);
    });
  }

  /** @throws Problem `forbidden`, `not_found`, or `conflict` while a policy names the rota */
  remove(by: Actor, id: string): Promise<void> {
    return this.write(by, id, async (transaction, rota, tree) => {
      const policies = await transaction.query<{ office_id: Buffer }>(
        'select office_id from escalation_policy where rules like ?',
        [`%"${id}"%`],
      );
      if (policies.length > 0)
        throw inUse(policies.map(({ office_id }) => codeOf(tree, fromBinary(office_id))));
      await transaction.execute('delete from rota_override where rota_id = ?', [toBinary(id)]);
      await transaction.execute('delete from rota where id = ?', [toBinary(id)]);
      await this.record(transaction, by, 'rota_removed', rota);
    });
  }

  /**
   * The officer need not be a member of the plan. Of overlapping overrides the last made wins.
   * @throws Problem `forbidden`, `not_found`, or `invalid`
   */
  addOverride(by: Actor, id: string, { officer, from, to }: OverrideInput): Promise<RotaNow> {
    return this.write(by, id, async (transaction, rota, tree) => {
      const errors = [
        ...spanErrors(from, to, transaction.now),
        ...(await officerErrors(transaction, tree, rota.officeId, new Map([['officer', officer]]))),
      ];
      if (errors.length > 0) throw invalid(errors);
      const override = RotaOverride.create(transaction.now, id, { officer, from, to, by: by.officerId });
      await insertRows(transaction, RotaOverride, [override]);
      await this.record(transaction, by, 'rota_override_added', rota, { override: override.id, officer });
      return viewNow(transaction, rota, tree);
    });
  }

  /** Does nothing for an override that does not exist. @throws Problem `forbidden`, `not_found` for the rota */
  removeOverride(by: Actor, id: string, overrideId: string): Promise<RotaNow> {
    return this.write(by, id, async (transaction, rota, tree) => {
      const removed = isId(overrideId)
        ? await transaction.execute('delete from rota_override where id = ? and rota_id = ?', [
            toBinary(overrideId),
            toBinary(id),
          ])
        : 0;
      if (removed > 0)
        await this.record(transaction, by, 'rota_override_removed', rota, { override: overrideId });
      return viewNow(transaction, rota, tree);
    });
  }

  /** Whose turn it is; null before the first one, and for a rota that was removed. */
  async dutyOf(transaction: Transaction, rotaId: Id, instant: Date): Promise<Id | null> {
    const [rota] = await selectRows(transaction, Rota, 'where id = ?', [toBinary(rotaId)]);
    return rota ? onDuty(rota.plan, await overridesFrom(transaction, rotaId, instant), instant) : null;
  }

  /** Changes a rota of the scope, locked meanwhile. */
  private async write<T>(
    by: Actor,
    id: string,
    act: (transaction: Transaction, rota: Rota, tree: OfficeTree) => Promise<T>,
  ): Promise<T> {
    requirePermission(by, 'on-call:write');
    const tree = await this.directory.tree();
    return this.transactions.run(async (transaction) =>
      act(transaction, await get(transaction, by.scope.ids, id, 'for update'), tree),
    );
  }

  private record(transaction: Transaction, by: Actor, action: string, rota: Rota, detail: AuditDetail = {}) {
    const { id, officeId } = rota;
    return this.audit.record(transaction, {
      ...actedBy(by),
      officeId,
      action,
      detail: { rota: id, ...detail },
    });
  }
}

/** @throws Problem `not_found`, also for a rota of another office */
async function get(
  transaction: Transaction,
  officeIds: readonly Id[],
  id: string,
  lock: 'for update' | '' = '',
): Promise<Rota> {
  if (!isId(id)) throw notFound();
  const [rota] = await selectRows(transaction, Rota, `where id = ? ${lock}`, [toBinary(id)]);
  if (!rota || !officeIds.includes(rota.officeId)) throw notFound();
  return rota;
}

/** Overrides that are not over, the next one first. */
function overridesFrom(transaction: Transaction, rotaId: Id, instant: Date): Promise<RotaOverride[]> {
  return selectRows(transaction, RotaOverride, 'where rota_id = ? and to_at > ? order by from_at, id', [
    toBinary(rotaId),
    instant,
  ]);
}

async function viewNow(transaction: Transaction, rota: Rota, tree: OfficeTree): Promise<RotaNow> {
  const overrides = await overridesFrom(transaction, rota.id, transaction.now);
  return {
    ...view(rota, tree),
    onDuty: onDuty(rota.plan, overrides, transaction.now),
    handovers: nextShiftChanges(rota.plan, transaction.now, shownShiftChanges),
    overrides: overrides
      .slice(0, shownOverrides)
      .map(({ id, officerId, fromAt, toAt }) => ({ id, officer: officerId, from: fromAt, to: toAt })),
  };
}

function view({ id, officeId, name, plan }: Rota, tree: OfficeTree): RotaView {
  const office = tree.find(officeId);
  return { id, office: { code: office?.code ?? '', name: office?.name ?? '' }, name, plan };
}

function codeOf(tree: OfficeTree, id: Id): string {
  return tree.find(id)?.code ?? id;
}

async function requireMembers(
  transaction: Transaction,
  tree: OfficeTree,
  officeId: Id,
  { members }: RotaPlan,
): Promise<void> {
  const named = new Map(members.map((member, at) => [`plan.members.${at}`, member]));
  const errors = await officerErrors(transaction, tree, officeId, named);
  if (errors.length > 0) throw invalid(errors);
}

function spanErrors(from: Date, to: Date, now: Date) {
  if (from >= to)
    return [
      fieldError('to', 'span_order', 'Akhir harus sesudah awal.', 'The end must come after the start.'),
    ];
  if (to.getTime() - from.getTime() > longestOverride)
    return [fieldError('to', 'span_length', 'Paling lama 366 hari.', 'At most 366 days.')];
  if (to <= now)
    return [fieldError('to', 'span_over', 'Waktu ini sudah lewat.', 'This time is over already.')];
  return [];
}

function inUse(codes: readonly string[]): Problem {
  return new Problem('conflict', {
    id: `Jadwal ini dipakai aturan eskalasi kantor: ${codes.join(', ')}. Ubah aturan itu dahulu.`,
    en: `The escalation policy of these offices asks this rota: ${codes.join(', ')}. Change it first.`,
  });
}
