import { Inject, Injectable } from '@nestjs/common';
import type { PolicyRules, Through } from './policy';
import { namesUnknown } from './policy-names';
import { EscalationPolicy } from './policy-row';
import { type Actor, requirePermission } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Config, CONFIG, type Durations } from '@sinkron/config';
import {
  type Id,
  insertRows,
  type Page,
  pageOf,
  type PageQuery,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
  updateRow,
} from '@sinkron/database';
import { personChannels } from '@sinkron/messaging';
import { invalid } from '@sinkron/observability';
import {
  lockOffices,
  officeClosed,
  OfficeDirectory,
  officeInScope,
  type OfficeTree,
  overseers,
} from '@sinkron/offices';

/** The rules that hold for an office. */
export interface EffectivePolicy {
  rules: PolicyRules;
  /** 0 for the default rules. */
  version: number;
  /** Code of the office whose own rules they are; null: neither it nor a node above has any, the default rules hold. */
  source: string | null;
}

/** The own rules of one office. */
export interface PolicyView {
  id: Id;
  office: { code: string; name: string };
  version: number;
  changedAt: Date;
  rules: PolicyRules;
}

/** Keeps how escalations of each office reach a person. The rules of a node hold below it where there are no others. */
@Injectable()
export class Policies {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param officeId of the escalation; null for an incident, which is the nation's */
  async effective(transaction: Transaction, tree: OfficeTree, officeId: Id | null): Promise<EffectivePolicy> {
    const from = officeId ?? tree.nation?.id;
    const nodes = from === undefined ? [] : overseers(tree, from);
    const policies = await policiesOf(transaction, nodes);
    const nearest = nodes.flatMap((id) => policies.find((policy) => policy.officeId === id) ?? [])[0];
    if (!nearest) return { rules: defaultRules(this.config.durations), version: 0, source: null };
    const { rules, version } = nearest;
    return { rules, version, source: tree.find(nearest.officeId)?.code ?? null };
  }

  /** The rules that hold for an office of the scope. @throws Problem `not_found` */
  async show(by: Actor, code: string): Promise<EffectivePolicy> {
    requirePermission(by, 'on-call:read');
    const tree = await this.directory.tree();
    const office = officeInScope(by, tree, code);
    const policy = await this.transactions.run((transaction) => this.effective(transaction, tree, office.id));
    await this.audit.read({ ...actedBy(by), action: 'policy_read', detail: { office: office.code } });
    return policy;
  }

  /** The offices of the scope that have rules of their own, in the order in which the offices were made. */
  async list(by: Actor, { cursor, limit }: PageQuery): Promise<Page<PolicyView>> {
    requirePermission(by, 'on-call:read');
    const tree = await this.directory.tree();
    const after = cursor ? toBinary(cursor) : Buffer.alloc(16);
    const policies = await this.transactions.run((transaction) =>
      selectRows(
        transaction,
        EscalationPolicy,
        'where office_id in (?) and office_id > ? order by office_id limit ?',
        [by.scope.ids.map(toBinary), after, limit + 1],
      ),
    );
    await this.audit.read({ ...actedBy(by), action: 'policies_listed' });
    return pageOf(
      policies.map((policy) => view(policy, tree)),
      limit,
    );
  }

  /**
   * Gives an office rules of its own. Escalations that are under way keep those with which they began.
   * @throws Problem `forbidden`, `not_found` for an office outside the scope, or `invalid` for people whom the rules
   *   name and who could not take an escalation of this office
   */
  async put(by: Actor, written: string, rules: PolicyRules): Promise<EffectivePolicy> {
    requirePermission(by, 'on-call:write');
    const tree = await this.directory.tree();
    const office = officeInScope(by, tree, written);
    const { id, code } = office;
    const closed = officeClosed('office', office, tree);
    if (closed.length > 0) throw invalid(closed);
    return this.transactions.run(async (transaction) => {
      // Changes of the same rules happen one after the other.
      await lockOffices(transaction, [id]);
      const errors = await namesUnknown(transaction, tree, id, rules);
      if (errors.length > 0) throw invalid(errors);
      const [policy] = await policiesOf(transaction, [id]);
      if (policy) policy.change(transaction.now, rules, by.officerId);
      const saved = policy ?? EscalationPolicy.create(transaction.now, id, rules, by.officerId);
      if (policy) await updateRow(transaction, EscalationPolicy, policy, 'office_id = ?', [toBinary(id)]);
      else await insertRows(transaction, EscalationPolicy, [saved]);
      const { version } = saved;
      await this.record(transaction, by, 'policy_changed', id, { office: code, version });
      return { rules, version, source: code };
    });
  }

  /** From now on the rules of the nodes above hold again. An office without own rules stays as it is. */
  async remove(by: Actor, written: string): Promise<void> {
    requirePermission(by, 'on-call:write');
    const { id, code } = officeInScope(by, await this.directory.tree(), written);
    await this.transactions.run(async (transaction) => {
      const removed = await transaction.execute('delete from escalation_policy where office_id = ?', [
        toBinary(id),
      ]);
      if (removed > 0) await this.record(transaction, by, 'policy_removed', id, { office: code });
    });
  }

  private record(
    transaction: Transaction,
    by: Actor,
    action: string,
    officeId: Id,
    detail: Record<string, string | number>,
  ) {
    return this.audit.record(transaction, { ...actedBy(by), officeId, action, detail });
  }
}

/** The default rules: the office's officers, then its supervisors, then the head of office. */
export function defaultRules({ ladderStep, acknowledged }: Durations): PolicyRules {
  const channels: Through[] = [...personChannels, 'console'];
  const step = (role: 'officer' | 'supervisor') => ({
    who: { kind: 'role' as const, role },
    through: channels,
    waitSeconds: ladderStep / 1000,
    when: 'always' as const,
  });
  return {
    steps: [step('officer'), step('supervisor')],
    final: { who: { kind: 'role', role: 'supervisor' }, through: channels },
    repeats: 0,
    acknowledgeSeconds: acknowledged / 1000,
    hours: null,
    quiet: null,
  };
}

async function policiesOf(transaction: Transaction, officeIds: readonly Id[]): Promise<EscalationPolicy[]> {
  if (officeIds.length === 0) return [];
  return selectRows(transaction, EscalationPolicy, 'where office_id in (?)', [officeIds.map(toBinary)]);
}

function view({ officeId, version, changedAt, rules }: EscalationPolicy, tree: OfficeTree): PolicyView {
  const office = tree.find(officeId);
  return {
    id: officeId,
    office: { code: office?.code ?? '', name: office?.name ?? '' },
    version,
    changedAt,
    rules,
  };
}
