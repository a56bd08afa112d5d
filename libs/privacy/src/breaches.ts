import { Injectable } from '@nestjs/common';
import { Breach, type BreachSubject, noticeHours } from './breach';
import { type OfficerActor, officesOfOfficers } from '@sinkron/accounts';
import { Audit, type AuditEntry, AuditTrail, actedBy, lastOfficeOfSession } from '@sinkron/audit';
import {
  type Id,
  insertRows,
  isId,
  newId,
  type Page,
  pageOf,
  type PageQuery,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
  updateRow,
} from '@sinkron/database';
import {
  type FieldError,
  fieldError,
  invalid,
  notFound,
  noticesOverdue,
  Problem,
} from '@sinkron/observability';
import { OfficeDirectory, type Scope } from '@sinkron/offices';

export interface BreachInput {
  discoveredAt: Date;
  from: Date;
  to: Date;
  description: string;
  concerns: BreachSubject;
  /** Id of the officer, session or token; code of the office. */
  subject: string;
}

export interface RecordedBreach {
  breach: Breach;
  overdue: boolean;
}

/** The register of breaches (UU PDP 27/2022 art. 46); whose data were seen, which fields and when, the audit answers. */
@Injectable()
export class Breaches {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly offices: OfficeDirectory,
    private readonly trail: AuditTrail,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem `invalid` for an instant that is still to come, or a subject that is not of the scope */
  async record(by: OfficerActor, input: BreachInput): Promise<RecordedBreach> {
    const { discoveredAt, from, to, description, concerns } = input;
    return this.transactions.run(async (transaction) => {
      const { now } = transaction;
      if (discoveredAt > now) throw invalid([stillToCome('discoveredAt')]);
      const subjectId = await this.subjectOf(transaction, by.scope, input);
      if (subjectId === null) throw invalid([subjectUnknown(concerns)]);
      const id = newId();
      const breach = Breach.record({
        id,
        officeId: by.office.id,
        recordedBy: by.officerId,
        recordedAt: now,
        discoveredAt,
        from,
        to,
        concerns,
        subjectId,
        sealed: this.sealing.seal({ description }, place(id)),
      });
      await insertRows(transaction, Breach, [breach]);
      const detail = { breach: id, concerns, subject: subjectId };
      await this.audit.record(transaction, { ...actedBy(by), action: 'breach_recorded', detail });
      return { breach, overdue: breach.isNoticeOverdue(now) };
    });
  }

  /** Those without notice first, the oldest discovery first: what is overdue comes before everything else. */
  async page(by: OfficerActor, { cursor, limit }: PageQuery): Promise<Page<RecordedBreach & { id: Id }>> {
    const found = await this.transactions.run(async (transaction) => {
      const place = 'notice_given_at is not null, discovered_at, id';
      const after = cursor ? `and (${place}) > (select ${place} from breach where id = ?)` : '';
      const breaches = await selectRows(
        transaction,
        Breach,
        `where office_id in (?) ${after} order by ${place} limit ?`,
        [by.scope.ids.map(toBinary), ...(cursor ? [toBinary(cursor)] : []), limit + 1],
      );
      return breaches.map((breach) => ({ id: breach.id, ...withNotice(breach, transaction) }));
    });
    await this.audit.read({ ...actedBy(by), action: 'breaches_listed' });
    return pageOf(found, limit);
  }

  /** @throws Problem `not_found`, also outside the scope */
  async read(by: OfficerActor, id: string): Promise<RecordedBreach> {
    const found = await this.transactions.run(async (transaction) =>
      withNotice(await this.find(transaction, by.scope, id), transaction),
    );
    await this.audit.read({ ...actedBy(by), action: 'breach_read', detail: { breach: id } });
    return found;
  }

  /**
   * The notice was given.
   * @param givenAt null: now
   * @throws Problem `not_found`, `conflict` when it was given before, `invalid` for an instant that cannot be
   */
  async giveNotice(by: OfficerActor, id: string, givenAt: Date | null): Promise<RecordedBreach> {
    return this.transactions.run(async (transaction) => {
      const breach = await this.find(transaction, by.scope, id, 'for update');
      if (breach.noticeGivenAt) throw givenBefore();
      const at = givenAt ?? transaction.now;
      if (at > transaction.now) throw invalid([stillToCome('givenAt')]);
      if (at < breach.discoveredAt) throw invalid([beforeDiscovery()]);
      breach.giveNotice(at, by.officerId);
      await updateRow(transaction, Breach, breach, 'id = ?', [toBinary(breach.id)]);
      await this.audit.record(transaction, {
        ...actedBy(by),
        action: 'breach_notice',
        detail: { breach: breach.id },
      });
      return withNotice(breach, transaction);
    });
  }

  /**
   * The readings in the window that showed data of persons, newest first: each names its tickets and fields.
   * @throws Problem `not_found`, also outside the scope
   */
  async affected(by: OfficerActor, id: string, { cursor, limit }: PageQuery): Promise<Page<AuditEntry>> {
    const breach = await this.transactions.run((transaction) => this.find(transaction, by.scope, id));
    const { concerns, subjectId, from, to } = breach;
    const tree = await this.offices.tree();
    const scope = concerns === 'office' ? by.scope.within(tree.scopeAt(subjectId)) : by.scope;
    const page = await this.trail.read(scope, {
      ...(concerns === 'officer' && { officerId: subjectId }),
      ...((concerns === 'session' || concerns === 'token') && { sessionId: subjectId }),
      shown: true,
      from,
      to,
      cursor,
      limit,
    });
    await this.audit.read({ ...actedBy(by), action: 'breach_affected_read', detail: { breach: id } });
    return page;
  }

  /** Sets the metric of overdue notices for all offices, whether or not anybody opens the register. */
  async watchNotices(): Promise<void> {
    const [row] = await this.transactions.query<{ n: string }>(
      `select count(*) as n from breach
       where notice_given_at is null and discovered_at < utc_timestamp(3) - interval ? hour`,
      [noticeHours],
    );
    noticesOverdue.set({ of: 'breach' }, Number(row?.n ?? 0));
  }

  descriptionOf({ id, sealed }: Breach): string {
    return this.sealing.open<{ description: string }>(sealed, place(id)).description;
  }

  private async find(transaction: Transaction, scope: Scope, id: string, lock = ''): Promise<Breach> {
    if (!isId(id)) throw notFound();
    const [breach] = await selectRows(transaction, Breach, `where id = ? ${lock}`, [toBinary(id)]);
    if (!breach || !scope.includes(breach.officeId)) throw notFound();
    return breach;
  }

  /** The id of what it concerns; null where the scope has no such thing. */
  private async subjectOf(
    transaction: Transaction,
    scope: Scope,
    { concerns, subject }: BreachInput,
  ): Promise<Id | null> {
    if (concerns === 'office') {
      const office = (await this.offices.tree()).findByCode(subject);
      return office && scope.includes(office.id) ? office.id : null;
    }
    const officeId =
      concerns === 'officer'
        ? (await officesOfOfficers(transaction, [subject])).get(subject)
        : // Sessions are forgotten when they are over, the audit is not; one that saw nothing touched nobody.
          await lastOfficeOfSession(transaction, subject);
    return officeId && scope.includes(officeId) ? subject : null;
  }
}

function withNotice(breach: Breach, { now }: Transaction): RecordedBreach {
  return { breach, overdue: breach.isNoticeOverdue(now) };
}

function place(rowId: Id) {
  return { table: 'breach', column: 'sealed', rowId };
}

function subjectUnknown(field: BreachSubject): FieldError {
  return fieldError(
    field,
    'breach_subject_unknown',
    'Tidak dikenal atau di luar wilayah Anda. Pakai id atau kode seperti yang tampil di daftar dan di audit.',
    'Not known or outside your area. Use the id or code as lists and the audit show it.',
  );
}

function stillToCome(field: string): FieldError {
  return fieldError(
    field,
    'instant_in_future',
    'Waktu ini belum tiba; periksa tanggal dan zonanya.',
    'This time is still to come; check the date and its zone.',
  );
}

function beforeDiscovery(): FieldError {
  return fieldError(
    'givenAt',
    'notice_before_discovery',
    'Pemberitahuan tidak bisa mendahului penemuannya; periksa waktunya.',
    'Notice cannot be given before the discovery; check the time.',
  );
}

function givenBefore(): Problem {
  return new Problem('conflict', {
    id: 'Pemberitahuan untuk kegagalan ini sudah dicatat.',
    en: 'The notice of this breach is on record already.',
  });
}
