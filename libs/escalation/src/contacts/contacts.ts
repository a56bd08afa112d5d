import { Injectable } from '@nestjs/common';
import type { Contact } from './contact';
import { ContactRows, type ContactView } from './contact-rows';
import type { ContactChanges, ContactInput } from './contact-schemas';
import { type Actor, requirePermission } from '@sinkron/accounts';
import { Audit, type AuditRecord, actedBy } from '@sinkron/audit';
import {
  BlindIndex,
  type Id,
  isDuplicate,
  isId,
  type Page,
  pageOf,
  type PageQuery,
  Sealing,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import {
  type FieldError,
  fieldError,
  invalid,
  notFound,
  Problem,
  repeatedPlaces,
} from '@sinkron/observability';
import {
  type ClosingOffice,
  lockOffices,
  type MovedPiece,
  OfficeDirectory,
  type OfficeTree,
  placeErrors,
  reachable,
} from '@sinkron/offices';

/**
 * Keeps the people to whom a hand-off may be sent. A contact at a node serves every office below it, so whoever works
 * at an office sees the contacts of the own scope and of the nodes above; changing them takes an administrator in
 * whose scope the node lies.
 */
@Injectable()
export class Contacts {
  private readonly rows: ContactRows;

  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
    sealing: Sealing,
    index: BlindIndex,
  ) {
    this.rows = new ContactRows(sealing, index);
  }

  async list(actor: Actor, { cursor, limit }: PageQuery): Promise<Page<ContactView>> {
    const tree = await this.directory.tree();
    const contacts = await this.transactions.run((transaction) =>
      this.rows.page(transaction, reachable(actor, tree), cursor, limit + 1),
    );
    const page = pageOf(
      contacts.map((contact) => this.rows.view(contact, tree)),
      limit,
    );
    await this.audit.read({
      ...actedBy(actor),
      action: 'contacts_listed',
      detail: {
        contacts: page.items.map(({ id }) => id),
        fields: ['contact.name', 'contact.phone', 'contact.email'],
      },
    });
    return page;
  }

  /** @throws Problem `not_found`, also for a contact out of the actor's reach */
  async find(actor: Actor, id: Id): Promise<ContactView> {
    if (!isId(id)) throw notFound();
    const tree = await this.directory.tree();
    const contact = await this.transactions.run((transaction) =>
      this.rows.find(transaction, reachable(actor, tree), id),
    );
    if (!contact) throw notFound();
    return this.rows.view(contact, tree);
  }

  /** @throws Problem `forbidden`, `invalid`, or `conflict` when the office has this phone already */
  async create(actor: Actor, { office, ...identity }: ContactInput): Promise<ContactView> {
    requirePermission(actor, 'contacts:write');
    const tree = await this.directory.tree();
    const errors = placeErrors('office', office, actor.scope, tree);
    if (errors.length > 0) throw invalid(errors);
    const officeId = tree.findByCode(office)!.id;
    return this.writing(async (transaction) => {
      await lockOffices(transaction, [officeId]);
      // Also under the other key while keys rotate, which the unique key of the table cannot see.
      if (await this.rows.findByPhone(transaction, officeId, identity.phone)) throw phoneTaken();
      const contact = await this.rows.insert(transaction, officeId, identity);
      await this.audit.record(transaction, actOn(contact, actor, 'contact_created'));
      return this.rows.view(contact, tree);
    });
  }

  /** @throws Problem `forbidden`, `conflict`, or `not_found`, also for a contact outside the actor's scope */
  async update(actor: Actor, id: Id, { disabled, ...identity }: ContactChanges): Promise<ContactView> {
    requirePermission(actor, 'contacts:write');
    if (!isId(id)) throw notFound();
    const tree = await this.directory.tree();
    return this.writing(async (transaction) => {
      const contact = await this.rows.find(transaction, actor.scope.ids, id, 'for update');
      if (!contact) throw notFound();
      const { phone } = identity;
      const other = phone ? await this.rows.findByPhone(transaction, contact.officeId, phone) : null;
      if (other && other.id !== id) throw phoneTaken();
      const disabledAt =
        disabled === undefined ? undefined : disabled ? (contact.disabledAt ?? transaction.now) : null;
      await this.rows.change(transaction, contact, { ...identity, disabledAt });
      const action = disabled ? 'contact_disabled' : 'contact_updated';
      await this.audit.record(transaction, actOn(contact, actor, action));
      return this.rows.view(contact, tree);
    });
  }

  /**
   * Brings contacts to what a list says, by office and phone: wholly or not at all.
   * @throws Problem `forbidden`, or `invalid` whose fields begin with the index of the contact in the list
   */
  async import(actor: Actor, inputs: readonly ContactInput[]): Promise<{ created: number; updated: number }> {
    requirePermission(actor, 'contacts:write');
    const tree = await this.directory.tree();
    const repeats = repeatedPlaces(inputs.map(({ office, phone }) => `${office} ${phone}`));
    const errors = inputs.flatMap((input, at) => lineErrors(actor, tree, repeats, input, at));
    if (errors.length > 0) throw invalid(errors);
    return this.writing(async (transaction) => {
      const count = { created: 0, updated: 0 };
      const acts: AuditRecord[] = [];
      await lockOffices(transaction, idsOf(inputs, tree));
      for (const { office, ...identity } of inputs) {
        const officeId = tree.findByCode(office)!.id;
        const before = await this.rows.findByPhone(transaction, officeId, identity.phone, 'for update');
        const contact = before
          ? await this.rows.change(transaction, before, identity)
          : await this.rows.insert(transaction, officeId, identity);
        acts.push(actOn(contact, actor, before ? 'contact_updated' : 'contact_created'));
        count[before ? 'updated' : 'created']++;
      }
      await this.audit.record(transaction, ...acts);
      return count;
    });
  }

  /**
   * Contacts of an office that closes go to its successor. One whose phone the successor has already stays behind,
   * disabled, for the hand-offs that name it: the successor's own counts.
   */
  async toSuccessor(transaction: Transaction, { from, to }: ClosingOffice): Promise<MovedPiece> {
    await lockOffices(transaction, [from, to]);
    const phoneOf = (contact: Contact) => this.rows.identity(contact).phone;
    const known = new Set((await this.rows.at(transaction, to)).map(phoneOf));
    const contacts = await this.rows.at(transaction, from, 'for update');
    const isKnown = (contact: Contact) => known.has(phoneOf(contact));
    const moved = contacts.filter((contact) => !isKnown(contact)).map(({ id }) => id);
    const kept = contacts.filter((one) => isKnown(one) && one.disabledAt === null).map(({ id }) => id);
    await this.rows.moveTo(transaction, moved, to);
    await this.rows.disable(transaction, kept);
    return { moved, ...(kept.length > 0 && { besides: { disabled: kept } }) };
  }

  private async writing<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      throw isDuplicate(error) ? phoneTaken() : error;
    }
  }
}

/** The offices that a list names, each known and once. */
function idsOf(inputs: readonly ContactInput[], tree: OfficeTree): Id[] {
  return [...new Set(inputs.map(({ office }) => tree.findByCode(office)!.id))];
}

function actOn({ id, officeId }: Contact, actor: Actor, action: string): AuditRecord {
  return { ...actedBy(actor), officeId, action, detail: { contact: id } };
}

function lineErrors(
  actor: Actor,
  tree: OfficeTree,
  repeats: ReadonlySet<number>,
  input: ContactInput,
  at: number,
): FieldError[] {
  const errors = placeErrors(`${at}.office`, input.office, actor.scope, tree);
  if (!repeats.has(at)) return errors;
  return [
    ...errors,
    fieldError(
      `${at}.phone`,
      'phone_repeated',
      'Nomor ini sudah ada di atas untuk kantor yang sama.',
      'This number is further up already for the same office.',
    ),
  ];
}

function phoneTaken(): Problem {
  return new Problem(
    'conflict',
    {
      id: 'Kantor itu sudah mempunyai kontak dengan nomor ini.',
      en: 'The office has a contact with this number already.',
    },
    [fieldError('phone', 'phone_taken', 'Nomor ini sudah terdaftar.', 'This number is registered already.')],
  );
}
