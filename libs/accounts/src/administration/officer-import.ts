import { Injectable } from '@nestjs/common';
import type { Officer } from '../officers/officer';
import { type OfficerRowChanges, OfficerRows } from '../officers/officer-rows';
import type { OfficerLine } from '../officers/officer-schemas';
import { generatePassword, Passwords } from '../passwords/passwords';
import type { Actor } from '../permissions/actor';
import { requirePermission } from '../permissions/permissions';
import { noteRightsChange, RightsChanges, type RightsTransaction } from '../sessions/rights-changes';
import { lastAdministratorInLine, lockAdministration, officesWithoutAdministrator } from './administrators';
import { Audit, type AuditRecord, actedBy, namesGiven } from '@sinkron/audit';
import { type Id, isDuplicate, newId, type Transaction, Transactions } from '@sinkron/database';
import { type FieldError, fieldError, invalid, notFound, repeatedPlaces } from '@sinkron/observability';
import { OfficeDirectory, type OfficeTree, placeErrors } from '@sinkron/offices';

/** The password that was made for a new officer: shown once and kept nowhere. */
export interface NewPassword {
  email: string;
  password: string;
}

/** The officer who has an address; `outside` the actor's scope, that alone. */
type Known = Officer | 'outside' | null;

/** Brings officers to what a list says, by address: wholly or not at all. */
@Injectable()
export class OfficerImport {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly rows: OfficerRows,
    private readonly passwords: Passwords,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * New addresses get a password of their own; known ones are brought up to date, and keep phone and zone where the
   * line has none. No office loses its last administrator.
   * @throws Problem `forbidden`, or `invalid` whose fields begin with the index of the line
   */
  async run(
    actor: Actor,
    lines: readonly OfficerLine[],
  ): Promise<{ created: NewPassword[]; updated: number }> {
    requirePermission(actor, 'officers:write');
    try {
      return await this.once(actor, lines);
    } catch (error) {
      // Somebody else added one of them meanwhile: that officer is brought up to date now.
      if (isDuplicate(error)) return this.once(actor, lines);
      throw error;
    }
  }

  private async once(
    actor: Actor,
    lines: readonly OfficerLine[],
  ): Promise<{ created: NewPassword[]; updated: number }> {
    const tree = await this.directory.tree();
    const known = await this.transactions.run((transaction) => this.known(transaction, actor, lines));
    refuse(lines, known, actor, tree);
    const created: NewPassword[] = [];
    const hashes = new Map<string, string>();
    // Before the transaction, which must be short: a hash takes a tenth of a second.
    for (const [at, { email }] of lines.entries()) {
      if (known[at]) continue;
      const password = generatePassword();
      created.push({ email, password });
      hashes.set(email, await this.passwords.hash(password));
    }
    await this.rights.run((transaction) => this.write(transaction, actor, lines, hashes, tree));
    return { created, updated: lines.length - created.length };
  }

  private async known(
    transaction: Transaction,
    { scope }: Actor,
    lines: readonly OfficerLine[],
  ): Promise<Known[]> {
    const found: Known[] = [];
    for (const { email } of lines) found.push(await this.rows.findByEmail(transaction, scope, email));
    return found;
  }

  private async write(
    transaction: RightsTransaction,
    actor: Actor,
    lines: readonly OfficerLine[],
    hashes: ReadonlyMap<string, string>,
    tree: OfficeTree,
  ): Promise<void> {
    await lockAdministration(transaction, tree);
    const acts: AuditRecord[] = [];
    const updated: Id[] = [];
    const administered = new Map<number, Id>();
    // In one order everywhere, so that two imports at once do not wait for each other.
    const inOrder = [...lines.entries()].sort(([, one], [, other]) => (one.email < other.email ? -1 : 1));
    for (const [at, { email, name, phone, role, office, zone }] of inOrder) {
      const officeId = tree.findByCode(office)!.id;
      const passwordHash = hashes.get(email);
      const officer = passwordHash
        ? await this.rows.insert(
            transaction,
            { email, name, phone },
            { id: newId(), passwordHash, role, officeId, zone: zone ?? null },
          )
        : await this.update(transaction, actor, email, { name, phone, role, officeId, zone }, (before) =>
            administered.set(at, before),
          );
      if (!passwordHash) updated.push(officer.id);
      acts.push({
        ...actedBy(actor),
        officeId,
        action: passwordHash ? 'officer_created' : 'officer_updated',
        detail: { officer: officer.id, fields: namesGiven({ name, role, office, phone, zone }) },
      });
    }
    const without = await officesWithoutAdministrator(transaction, tree, [...administered.values()]);
    const wrong = [...administered].filter(([, office]) => without.includes(office));
    if (wrong.length > 0)
      throw invalid(
        wrong
          .map(([at]) => at)
          .sort((one, other) => one - other)
          .map(lastAdministratorInLine),
      );
    await this.audit.record(transaction, ...acts);
    // Again at the end: a long list takes longer than other transactions are allowed to.
    await noteRightsChange(transaction, ...updated);
  }

  /** @param noteAdministered is told at which office the officer was an administrator before */
  private async update(
    transaction: RightsTransaction,
    { scope }: Actor,
    email: string,
    changes: OfficerRowChanges,
    noteAdministered: (officeId: Id) => void,
  ): Promise<Officer> {
    const officer = await this.rows.takeByEmail(transaction, scope, email);
    // Moved out of the scope since the lines were judged.
    if (!officer) throw notFound();
    if (officer.administers) noteAdministered(officer.officeId);
    return this.rows.change(transaction, officer, changes);
  }
}

/** @throws Problem `invalid` naming every line that is wrong */
function refuse(
  lines: readonly OfficerLine[],
  known: readonly Known[],
  { scope }: Actor,
  tree: OfficeTree,
): void {
  const repeats = repeatedPlaces(lines.map(({ email }) => email));
  const errors = lines.flatMap((line, at): FieldError[] => {
    return [
      ...placeErrors(`${at}.office`, line.office, scope, tree),
      ...(repeats.has(at) ? [repeated(at)] : []),
      ...(known[at] === 'outside' ? [takenOutside(at)] : []),
    ];
  });
  if (errors.length > 0) throw invalid(errors);
}

function repeated(at: number): FieldError {
  return fieldError(
    `${at}.email`,
    'email_repeated',
    'Alamat ini sudah ada di atas.',
    'This address appears further up already.',
  );
}

function takenOutside(at: number): FieldError {
  return fieldError(
    `${at}.email`,
    'email_taken',
    'Alamat ini sudah dipakai petugas lain.',
    'Another officer has this address.',
  );
}
