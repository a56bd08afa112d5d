import { Injectable } from '@nestjs/common';
import type { Actor } from '../permissions/actor';
import { requirePermission } from '../permissions/permissions';
import { Audit, type AuditRecord, actedBy } from '@sinkron/audit';
import { type Id, Transactions } from '@sinkron/database';
import { type FieldError, fieldError, invalid, repeatedPlaces } from '@sinkron/observability';
import {
  type HolidayInput,
  type HolidayQuery,
  holidaysBetween,
  isoDay,
  OfficeDirectory,
  officeInScope,
  type OfficeTree,
  officeUnknown,
  overseers,
  removeHoliday,
  setHoliday,
} from '@sinkron/offices';

/** A day on which an office is closed. */
export interface HolidayView {
  /** Whose holiday it is: that of the office itself, or of a node above. */
  office: string;
  day: string;
  name: string;
}

/** Keeps the days on which offices are closed; one of a node closes every office below it. */
@Injectable()
export class Holidays {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
  ) {}

  /** The days on which an office of the scope is closed, in their order. @throws Problem `not_found`, `invalid` */
  async list(by: Actor, query: HolidayQuery): Promise<HolidayView[]> {
    requirePermission(by, 'on-call:read');
    const tree = await this.directory.tree();
    const office = officeInScope(by, tree, query.office ?? by.office.code);
    const holidays = await this.transactions.run((transaction) => {
      const from = query.from ?? isoDay(transaction.now, 0);
      const to = query.to ?? isoDay(new Date(from), 366);
      if (to > isoDay(new Date(from), 732)) throw invalid([tooLong()]);
      return holidaysBetween(transaction, overseers(tree, office.id), from, to);
    });
    return holidays.map(({ officeId, day, name }) => ({
      office: tree.find(officeId)?.code ?? '',
      day,
      name,
    }));
  }

  /** @throws Problem `forbidden`, or `not_found` for an office outside the scope */
  async put(by: Actor, { office, day, name }: HolidayInput): Promise<HolidayView> {
    requirePermission(by, 'on-call:write');
    const { id, code } = officeInScope(by, await this.directory.tree(), office);
    await this.transactions.run(async (transaction) => {
      await setHoliday(transaction, { officeId: id, day, name, changedBy: by.officerId });
      await this.audit.record(transaction, act(by, 'holiday_set', id, day));
    });
    return { office: code, day, name };
  }

  /** Does nothing for a day that is no holiday. @throws Problem `forbidden`, or `not_found` for an office outside the scope */
  async remove(by: Actor, code: string, day: string): Promise<void> {
    requirePermission(by, 'on-call:write');
    const { id } = officeInScope(by, await this.directory.tree(), code);
    await this.transactions.run(async (transaction) => {
      if (await removeHoliday(transaction, id, day))
        await this.audit.record(transaction, act(by, 'holiday_removed', id, day));
    });
  }

  /**
   * Adds holidays, or renames those that are known: all or none.
   * @throws Problem `forbidden`, or `invalid` whose fields begin with the index of the holiday in the list
   */
  async import(by: Actor, inputs: readonly HolidayInput[]): Promise<{ created: number; updated: number }> {
    requirePermission(by, 'on-call:write');
    const tree = await this.directory.tree();
    const repeats = repeatedPlaces(inputs.map(({ office, day }) => `${office} ${day}`));
    const errors = inputs.flatMap((input, at) => lineErrors(by, tree, repeats, input, at));
    if (errors.length > 0) throw invalid(errors);
    return this.transactions.run(async (transaction) => {
      const acts: AuditRecord[] = [];
      let updated = 0;
      // In one order everywhere, so that two imports at once do not wait for each other.
      for (const { office, day, name } of inOrder(inputs)) {
        const { id } = tree.findByCode(office)!;
        if (await setHoliday(transaction, { officeId: id, day, name, changedBy: by.officerId })) updated++;
        acts.push(act(by, 'holiday_set', id, day));
      }
      await this.audit.record(transaction, ...acts);
      return { created: inputs.length - updated, updated };
    });
  }
}

/** By office and day, as their rows lie. */
function inOrder(inputs: readonly HolidayInput[]): HolidayInput[] {
  return [...inputs].sort((one, other) =>
    `${one.office} ${one.day}` < `${other.office} ${other.day}` ? -1 : 1,
  );
}

function act(by: Actor, action: string, officeId: Id, day: string): AuditRecord {
  return { ...actedBy(by), officeId, action, detail: { day } };
}

function lineErrors(
  { scope }: Actor,
  tree: OfficeTree,
  repeats: ReadonlySet<number>,
  { office: code }: HolidayInput,
  at: number,
): FieldError[] {
  const office = tree.findByCode(code);
  return [
    ...(office && scope.includes(office.id) ? [] : [officeUnknown(`${at}.office`)]),
    ...(repeats.has(at) ? [repeated(at)] : []),
  ];
}

function repeated(at: number): FieldError {
  return fieldError(
    `${at}.day`,
    'day_repeated',
    'Hari ini sudah ada di atas untuk kantor yang sama.',
    'This day appears further up already for the same office.',
  );
}

function tooLong(): FieldError {
  return fieldError('to', 'span_length', 'Paling lama dua tahun.', 'At most two years.');
}
