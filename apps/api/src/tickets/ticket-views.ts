import { Injectable } from '@nestjs/common';
import type { Language } from '../http/language';
import { evidence, viewEvidence } from './views/evidence-view';
import { nameOffice, officeName } from './views/ticket-fields';
import { type Shown, shownFields, ticketView, type TicketView, viewTicket } from './views/ticket-view';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy, namesGiven } from '@sinkron/audit';
import { type Page, pageOf } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';
import { Evidence, Predictions } from '@sinkron/resync';
import {
  linkKinds,
  type ListedTicket,
  Statements,
  type TicketFilter,
  TicketLinks,
  TicketList,
} from '@sinkron/tickets';
import { z } from 'zod';

const linkedTicket = z.object({
  kind: z
    .enum(['identity_disputed', ...linkKinds])
    .describe('`identity_disputed` until one of the two is corrected, merged or rejected'),
  ticket: z.string().nullable().describe('Its code; null where another office handles it'),
  office: officeName,
});

export const wholeTicket = ticketView.extend({
  evidence,
  links: z.array(linkedTicket).describe('Tickets that have to do with this one'),
});
export type WholeTicket = z.output<typeof wholeTicket>;

/** Tickets as an officer of this scope sees them, in the caller's language; nothing is shown before it is audited. */
@Injectable()
export class TicketViews {
  constructor(
    private readonly tickets: TicketList,
    private readonly offices: OfficeDirectory,
    private readonly evidence: Evidence,
    private readonly statements: Statements,
    private readonly links: TicketLinks,
    private readonly predictions: Predictions,
    private readonly audit: Audit,
  ) {}

  /**
   * One ticket with its evidence.
   * @throws Problem `not_found`, also outside the scope
   */
  async one(by: OfficerActor, code: string, language: Language): Promise<WholeTicket> {
    const shown = await this.shown(language);
    const read = await this.tickets.read(by.scope, code);
    const evidence = viewEvidence(await this.evidence.ofTicket(read.ticket.id), read.ticket.round, language);
    const links = await this.links.of(by.scope, read.ticket);
    await this.noteShown(by, 'case_read', [read]);
    return {
      ...this.view(by, read, shown),
      evidence,
      links: links.map(({ kind, code, officeId }) => ({
        kind,
        ticket: code,
        office: nameOffice(shown.tree, officeId),
      })),
    };
  }

  /** Newest first; of one office, or of a province's or the nation's offices, as far as the scope goes. */
  async page(
    by: OfficerActor,
    { office, ...filter }: TicketFilter & { office?: string | undefined },
    language: Language,
  ): Promise<Page<TicketView>> {
    const shown = await this.shown(language);
    const scope = office === undefined ? by.scope : by.scope.within(shown.tree.scopeOf(office));
    const found = await this.tickets.list(scope, filter);
    const { items, nextCursor } = pageOf(
      found.map((read) => ({ id: read.ticket.id, read })),
      filter.limit,
    );
    const { cursor: _cursor, limit: _limit, ...filters } = { ...filter, office };
    await this.noteShown(
      by,
      'cases_listed',
      items.map(({ read }) => read),
      namesGiven(filters),
    );
    return { items: items.map(({ read }) => this.view(by, read, shown)), nextCursor };
  }

  /** Tickets of a person, a family card or a phone, also those in which the officer's office only takes part. */
  async search(
    by: OfficerActor,
    wanted: { nik?: string | undefined; kk?: string | undefined; phone?: string | undefined },
    language: Language,
  ): Promise<Page<TicketView>> {
    const shown = await this.shown(language);
    const found = await this.tickets.search(by.scope, wanted);
    await this.noteShown(by, 'search', found, namesGiven(wanted));
    return { items: found.map((read) => this.view(by, read, shown)), nextCursor: null };
  }

  /** Audits what is about to be shown: which tickets, which personal fields, found by which filters. */
  noteShown(
    by: OfficerActor,
    action: string,
    shown: readonly ListedTicket[],
    filter?: string[],
  ): Promise<void> {
    const tickets = shown.map(({ ticket }) => ticket.id);
    const [only] = tickets;
    return this.audit.read({
      ...actedBy(by),
      action,
      ...(action === 'case_read' && only && { ticketId: only }),
      detail: { tickets, fields: shownFields(shown), ...(filter && { filter }) },
    });
  }

  /** What views need besides the ticket, read once for all tickets of an answer. */
  async shown(language: Language): Promise<Shown> {
    return {
      tree: await this.offices.tree(),
      language,
      predictions: await this.predictions.now(),
      noteText: (statement) => this.statements.noteText(statement),
    };
  }

  /** One ticket that was read, as this officer sees it. */
  view({ scope }: OfficerActor, read: ListedTicket, shown: Shown): TicketView {
    return viewTicket({ ...read, owned: scope.includes(read.ticket.officeId) }, shown);
  }
}
