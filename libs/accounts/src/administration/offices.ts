import { Injectable } from '@nestjs/common';
import { type Actor, requireAdmin } from '../permissions/actor';
import { Audit, type AuditRecord, actedBy } from '@sinkron/audit';
import {
  insertRows,
  isDuplicate,
  newId,
  type Page,
  pageOf,
  type PageQuery,
  toBinary,
  type Transaction,
  Transactions,
  updateRow,
} from '@sinkron/database';
import { fieldError, invalid, notFound, Problem } from '@sinkron/observability';
import {
  Office,
  type OfficeChanges,
  OfficeDirectory,
  officeErrors,
  type OfficeInput,
  type OfficeTree,
  parentOutOfScope,
} from '@sinkron/offices';

/** An office as lists show it; `parent` is the code of the office above. */
export type OfficeView = Omit<Office, 'parentId' | 'createdAt'> & { parent: string | null };

/** Keeps the tree of offices. An office is never removed: its cases stay its own. */
@Injectable()
export class Offices {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
  ) {}

  /** The offices inside the actor's scope, in the order in which they were made. */
  async list(actor: Actor, { cursor, limit }: PageQuery): Promise<Page<OfficeView>> {
    const tree = await this.directory.tree();
    const rest = tree.offices.filter(({ id }) => actor.scope.includes(id) && id > (cursor ?? ''));
    const views = rest.slice(0, limit + 1).map((office) => view(office, tree));
    await this.audit.read({ ...actedBy(actor), action: 'offices_listed' });
    return pageOf(views, limit);
  }

  /** @throws Problem `forbidden`, `invalid`, or `conflict` when the code is taken */
  async create(actor: Actor, input: OfficeInput): Promise<OfficeView> {
    requireAdmin(actor);
    await this.save(actor, (tree) => {
      if (tree.findByCode(input.code)) throw codeTaken();
      const errors = [
        ...officeErrors(input, [input], tree),
        ...parentOutOfScope(input.parent, actor.scope, tree),
      ];
      if (errors.length > 0) throw invalid(errors);
      return [input];
    });
    return this.read(input.code);
  }

  /** @throws Problem `forbidden`, `invalid`, or `not_found`, also for an office outside the actor's scope */
  async update(actor: Actor, code: string, changes: OfficeChanges): Promise<OfficeView> {
    requireAdmin(actor);
    await this.save(actor, (tree) => {
      const standing = tree.findByCode(code);
      if (!standing || !actor.scope.includes(standing.id)) throw notFound();
      const input = { ...inputOf(standing, tree), ...changes };
      const errors = [
        ...officeErrors(input, [input], tree),
        ...parentOutOfScope(changes.parent, actor.scope, tree),
      ];
      if (errors.length > 0) throw invalid(errors);
      return [input];
    });
    return this.read(code);
  }

  /**
   * Brings the tree to what a list says, by code: wholly or not at all. It takes no actor: the operator at the command
   * line does it, before there is anybody who could sign in.
   * @throws Problem `invalid`, whose fields begin with the index of the office in the list
   */
  import(inputs: readonly OfficeInput[]): Promise<{ created: number; updated: number }> {
    return this.save(null, (tree) => {
      const errors = inputs.flatMap((input, index) =>
        officeErrors(input, inputs, tree).map((error) => ({ ...error, field: `${index}.${error.field}` })),
      );
      if (errors.length > 0) throw invalid(errors);
      return inputs;
    });
  }

  /** Writes what `decide` makes of the tree, while nobody else can change it. */
  private async save(actor: Actor | null, decide: (tree: OfficeTree) => readonly OfficeInput[]) {
    try {
      return await this.transactions.run(async (transaction) => {
        const tree = await this.directory.lockedTree(transaction);
        return this.write(transaction, tree, decide(tree), actor);
      });
    } catch (error) {
      throw isDuplicate(error) ? codeTaken() : error;
    } finally {
      this.directory.forget();
    }
  }

  private async write(
    transaction: Transaction,
    tree: OfficeTree,
    inputs: readonly OfficeInput[],
    actor: Actor | null,
  ): Promise<{ created: number; updated: number }> {
    const ids = new Map(tree.offices.map(({ code, id }) => [code, id]));
    for (const { code } of inputs) if (!ids.has(code)) ids.set(code, newId());
    const count = { created: 0, updated: 0 };
    const acts: AuditRecord[] = [];
    for (const input of inputs) {
      const id = ids.get(input.code)!;
      const standing = tree.find(id);
      if (standing && isSame(inputOf(standing, tree), input)) continue;
      const office: Office = {
        ...input,
        id,
        parentId: input.parent === undefined ? null : (ids.get(input.parent) ?? null),
        createdAt: standing?.createdAt ?? transaction.now,
      };
      if (standing) await updateRow(transaction, Office, office, 'id = ?', [toBinary(id)]);
      else await insertRows(transaction, Office, [office]);
      count[standing ? 'updated' : 'created']++;
      acts.push({
        ...(actor ? actedBy(actor) : { officerId: null }),
        officeId: id,
        action: standing ? 'office_updated' : 'office_created',
        detail: { code: input.code },
      });
    }
    await this.audit.record(transaction, ...acts);
    return count;
  }

  private async read(code: string): Promise<OfficeView> {
    const tree = await this.directory.tree();
    const office = tree.findByCode(code);
    if (!office) throw notFound();
    return view(office, tree);
  }
}

function view({ id, code, name, level, zone, parentId }: Office, tree: OfficeTree): OfficeView {
  return { id, code, name, level, zone, parent: (parentId && tree.find(parentId)?.code) || null };
}

function inputOf({ code, name, level, parentId, zone }: Office, tree: OfficeTree): OfficeInput {
  const parent = parentId ? tree.find(parentId)?.code : undefined;
  return { code, name, level, zone, ...(parent ? { parent } : {}) };
}

function isSame(one: OfficeInput, other: OfficeInput): boolean {
  return one.name === other.name && one.zone === other.zone && one.parent === other.parent;
}

function codeTaken(): Problem {
  return new Problem('conflict', { id: 'Kode kantor sudah dipakai.', en: 'The office code is taken.' }, [
    fieldError('code', 'code_taken', 'Kode ini sudah dipakai kantor lain.', 'Another office has this code.'),
  ]);
}
