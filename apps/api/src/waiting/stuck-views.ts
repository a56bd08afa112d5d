import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '../http/language';
import { snoozeField, viewSnooze } from '../tickets/views/snooze-view';
import { nameOffice } from '../tickets/views/ticket-fields';
import { type OperationsView, type StuckTicketView, type StuckCounts, type StuckPage } from './stuck-schemas';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy, namesGiven } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import { pageOf, type TimedKey } from '@sinkron/database';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';
import { Gates, LateWorkCount, registryGate } from '@sinkron/queue';
import {
  pushLimitOf,
  type Owner,
  owners,
  reasonOf,
  type Statement,
  Statements,
  type StuckTicket,
  StuckTickets,
  type WaitingCount,
} from '@sinkron/tickets';

/** Shows the tickets that wait, in the caller's language. */
@Injectable()
export class StuckViews {
  constructor(
    private readonly tickets: StuckTickets,
    private readonly statements: Statements,
    private readonly offices: OfficeDirectory,
    private readonly gates: Gates,
    private readonly late: LateWorkCount,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Longest wait first; of one office, or of a province's or the nation's offices, as far as the scope goes. */
  async page(
    by: OfficerActor,
    {
      office,
      cursor,
      ...filter
    }: {
      office?: string | undefined;
      reason?: string | undefined;
      cursor?: TimedKey | undefined;
      limit: number;
    },
    language: Language,
  ): Promise<StuckPage> {
    const tree = await this.offices.tree();
    const scope = office === undefined ? by.scope : by.scope.within(tree.scopeOf(office));
    const found = await this.tickets.list(scope, { ...filter, after: cursor });
    // Whatever is in the list waits since some instant, and the list is sorted by it.
    const { items, nextCursor } = pageOf(
      found.map((stuck) => ({ id: stuck.ticket.id, at: stuck.ticket.waitingSince!, stuck })),
      filter.limit,
      (row) => row,
    );
    const page = items.map(({ stuck }) => stuck);
    const { limit: _limit, ...filters } = { ...filter, office };
    await this.noteShown(by, 'stuck_listed', page, namesGiven(filters));
    return {
      items: page.map((stuck) => this.view(stuck, tree, language)),
      nextCursor,
      counts: countsOf(await this.tickets.count(scope), language),
      operations: await this.operations(language),
    };
  }

  /** The longest waits of the scope. */
  async longest(by: OfficerActor, limit: number, language: Language): Promise<StuckTicketView[]> {
    const tree = await this.offices.tree();
    const found = (await this.tickets.list(by.scope, { limit })).slice(0, limit);
    await this.noteShown(by, 'overview_read', found);
    return found.map((stuck) => this.view(stuck, tree, language));
  }

  /** Audits which tickets were shown; the note of a snooze is the only thing of a person among it. */
  private noteShown(
    by: OfficerActor,
    action: string,
    shown: StuckTicket[],
    filter?: string[],
  ): Promise<void> {
    const tickets = shown.map(({ ticket }) => ticket.id);
    return this.audit.read({
      ...actedBy(by),
      action,
      detail: {
        tickets,
        fields: shown.some(({ snooze }) => snooze) ? [snoozeField] : [],
        ...(filter && { filter }),
      },
    });
  }

  async operations(language: Language): Promise<OperationsView> {
    const { closed, reason, failures, since, until } = await this.gates.read(registryGate);
    const late = await this.late.read();
    return {
      gate: {
        open: !closed,
        reason,
        reasonText: reason === null ? null : reasonOf(reason).sentence[language],
        since: since?.toISOString() ?? null,
        until: until?.toISOString() ?? null,
        failures,
      },
      lateWork: late.map(({ kind, rows, orMore, oldestDueAt }) => ({
        kind,
        rows,
        orMore,
        oldestDueAt: oldestDueAt.toISOString(),
      })),
    };
  }

  private view(
    { ticket, next, deadlineAt, snooze }: StuckTicket,
    tree: OfficeTree,
    language: Language,
  ): StuckTicketView {
    const { code, status, urgent, dueAt, waitsFor, waitingSince } = ticket;
    const reason = waitsFor ?? '';
    const { owner, sentence } = reasonOf(reason);
    const noteText = (statement: Statement) => this.statements.noteText(statement);
    const met = next?.reason && next.reason !== reason ? next.reason : null;
    return {
      code,
      office: nameOffice(tree, ticket.officeId),
      status,
      urgent,
      reason,
      reasonText: sentence[language],
      owner,
      waitingSince: (waitingSince ?? ticket.roundAt).toISOString(),
      dueAt: dueAt.toISOString(),
      deadline: deadlineAt && { at: deadlineAt.toISOString(), told: this.toldAt(ticket, deadlineAt) },
      nextAttemptAt: next?.dueAt.toISOString() ?? null,
      attempts: next?.attempts ?? 0,
      hindrance: met === null ? null : { code: met, text: reasonOf(met).sentence[language] },
      known: viewSnooze(ticket, snooze, { tree, noteText }),
    };
  }

  /** A push that the centre does not take is an incident of every office; anything else is told to the handling office. */
  private toldAt(ticket: StuckTicket['ticket'], at: Date): 'office' | 'every_office' {
    const untaken = ticket.state === 'open' && !ticket.acceptedAt && !ticket.snoozedUntil;
    return untaken && at <= pushLimitOf(ticket, this.config.durations) ? 'every_office' : 'office';
  }
}

/** Most tickets first. */
export function countsOf(counted: WaitingCount[], language: Language): StuckCounts {
  const counts = new Map<string, number>();
  for (const { reason, cases: n } of counted) counts.set(reason, (counts.get(reason) ?? 0) + n);
  const byOwner = Object.fromEntries(owners.map((owner) => [owner, 0])) as Record<Owner, number>;
  const byReason = [...counts].map(([reason, n]) => {
    const { owner, sentence } = reasonOf(reason);
    byOwner[owner] += n;
    return { reason, reasonText: sentence[language], owner, cases: n };
  });
  return {
    cases: byReason.reduce((sum, { cases: n }) => sum + n, 0),
    byReason: byReason.sort((one, other) => other.cases - one.cases),
    byOwner,
  };
}
