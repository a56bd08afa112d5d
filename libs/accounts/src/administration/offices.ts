import { Injectable } from '@nestjs/common';
import type { Actor } from '../permissions/actor';
import { requirePermission } from '../permissions/permissions';
import { Audit, type AuditRecord, actedBy } from '@sinkron/audit';
import { inPieces, isDuplicate, type Page, pageOf, type PageQuery, Transactions } from '@sinkron/database';
import { fieldError, invalid, notFound, Problem } from '@sinkron/observability';
import {
  type OfficeChanges,
  GivenOffices,
  OfficeDirectory,
  officeErrors,
  type OfficeInput,
  officeInputOf,
  type OfficeTree,
  officeView,
  type OfficeView,
  parentOutOfScope,
  writeOffices,
  type WrittenOffice,
} from '@sinkron/offices';

/** Keeps the tree of offices. An office is never removed: its tickets stay its own. */
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
    const views = rest.slice(0, limit + 1).map((office) => officeView(office, tree));
    await this.audit.read({ ...actedBy(actor), action: 'offices_listed' });
    return pageOf(views, limit);
  }

  /** @throws Problem `forbidden`, `invalid`, or `conflict` when the code is taken */
  async create(actor: Actor, input: OfficeInput): Promise<OfficeView> {
    requirePermission(actor, 'offices');
    await this.save(actor, (tree) => {
      if (tree.findByCode(input.code)) throw codeTaken();
      const errors = [
        ...officeErrors(input, new GivenOffices([input]), tree),
        ...parentOutOfScope(input.parent, actor.scope, tree),
      ];
      if (errors.length > 0) throw invalid(errors);
      return [input];
    });
    return this.read(input.code);
  }

  /** @throws Problem `forbidden`, `invalid`, or `not_found`, also for an office outside the actor's scope */
  async update(actor: Actor, code: string, changes: OfficeChanges): Promise<OfficeView> {
    requirePermission(actor, 'offices');
    await this.save(actor, (tree) => {
      const office = tree.findByCode(code);
      if (!office || !actor.scope.includes(office.id)) throw notFound();
      const input = { ...officeInputOf(office, tree), ...changes };
      const errors = [
        ...officeErrors(input, new GivenOffices([input]), tree),
        ...parentOutOfScope(changes.parent, actor.scope, tree),
      ];
      if (errors.length > 0) throw invalid(errors);
      return [input];
    });
    return this.read(code);
  }

  /**
   * Brings the tree to what a list says, by code: all of it or nothing. It takes no actor: the operator at the command
   * line does it, before there is anybody who could sign in.
   * @throws Problem `invalid`, whose fields begin with the index of the office in the list
   */
  import(inputs: readonly OfficeInput[]): Promise<{ created: number; updated: number }> {
    return this.save(null, (tree) => {
      const given = new GivenOffices(inputs);
      const errors = inputs.flatMap((input, index) =>
        officeErrors(input, given, tree).map((error) => ({ ...error, field: `${index}.${error.field}` })),
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
        const written = await writeOffices(transaction, tree, decide(tree));
        for (const piece of inPieces(written, 1_000))
          await this.audit.record(transaction, ...piece.map((office) => actOn(office, actor)));
        const created = written.filter((office) => office.created).length;
        return { created, updated: written.length - created };
      });
    } catch (error) {
      throw isDuplicate(error) ? codeTaken() : error;
    } finally {
      this.directory.forget();
    }
  }

  private async read(code: string): Promise<OfficeView> {
    const tree = await this.directory.tree();
    const office = tree.findByCode(code);
    if (!office) throw notFound();
    return officeView(office, tree);
  }
}

function actOn({ id, code, created }: WrittenOffice, actor: Actor | null): AuditRecord {
  return {
    ...(actor ? actedBy(actor) : { officerId: null }),
    officeId: id,
    action: created ? 'office_created' : 'office_updated',
    detail: { code },
  };
}

function codeTaken(): Problem {
  return new Problem('conflict', { id: 'Kode kantor sudah dipakai.', en: 'The office code is taken.' }, [
    fieldError('code', 'code_taken', 'Kode ini sudah dipakai kantor lain.', 'Another office has this code.'),
  ]);
}
