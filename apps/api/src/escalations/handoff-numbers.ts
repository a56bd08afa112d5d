import { Injectable } from '@nestjs/common';
import { type OfficerActor, RevealLimit, SignedLinks } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Id, type Transaction, Transactions } from '@sinkron/database';
import { type Escalation, Handoffs } from '@sinkron/escalation';
import { Problem } from '@sinkron/observability';
import { Statements, type Ticket, WorkerTickets } from '@sinkron/tickets';
import { z } from 'zod';

/** What the person at the centre types into the registry. */
export const fullNumbers = z.object({
  code: z.string(),
  name: z.string(),
  nik: z.string(),
  kk: z.string(),
  birthDate: z.string(),
});
export type FullNumbers = z.output<typeof fullNumbers>;

/** The full numbers behind the link of a hand-off: for whoever signs in and has the ticket in scope; once, and audited. */
@Injectable()
export class HandoffNumbers {
  constructor(
    private readonly transactions: Transactions,
    private readonly links: SignedLinks,
    private readonly handoffs: Handoffs,
    private readonly tickets: WorkerTickets,
    private readonly statements: Statements,
    private readonly reveals: RevealLimit,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem `not_found` for a link that is forged or expired; changes nothing */
  async bundleOf(token: string): Promise<Id> {
    const bundleId = await this.links.read('numbers', token);
    if (!bundleId) throw linkExpired();
    return bundleId;
  }

  /**
   * @throws Problem `not_found` for a link that is forged, expired, or of a ticket outside the scope; `conflict` when it was
   *   opened before; `too_many` after many revelations in an hour
   */
  async open(by: OfficerActor, token: string): Promise<FullNumbers[]> {
    const bundleId = await this.bundleOf(token);
    return this.transactions.run(async (transaction) => {
      const escalations = await this.handoffs.view(transaction, by, bundleId);
      // Each person counts, as in every other revelation.
      for (let person = 0; person < escalations.length; person++) await this.reveals.enter(by);
      const shown: FullNumbers[] = [];
      for (const escalation of escalations) shown.push(...(await this.of(transaction, escalation)));
      await this.audit.record(transaction, {
        ...actedBy(by),
        action: 'handoff_numbers_viewed',
        detail: {
          handoff: bundleId,
          tickets: escalations.flatMap(({ ticketId }) => ticketId ?? []),
          fields: ['name', 'nik', 'kk', 'birthDate'],
        },
      });
      return shown;
    });
  }

  /** None for an incident, and none for a wiped ticket. */
  private async of(transaction: Transaction, { ticketId }: Escalation): Promise<FullNumbers[]> {
    const ticket: Ticket | null = ticketId ? await this.tickets.lock(transaction, ticketId) : null;
    if (!ticket) return [];
    const { applicant } = await this.statements.read(transaction, ticket.statementId);
    const { name, nik, kk, birthDate } = applicant;
    return [{ code: ticket.code, name, nik, kk, birthDate }];
  }
}

function linkExpired(): Problem {
  return new Problem('not_found', {
    id: 'Tautan ini tidak berlaku. Mintalah petugas yang mengirimnya menyusun pesan baru.',
    en: 'This link is not valid. Ask the officer who sent it to compose a new message.',
  });
}
