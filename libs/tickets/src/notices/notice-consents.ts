import { Injectable } from '@nestjs/common';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import { TicketStore } from '../reading/ticket-store';
import { TicketWriter } from '../moves/ticket-writer';
import { addressField, applicantOf, noAddress } from './notice-channels';
import type { OfficerActor } from '@sinkron/accounts';
import { type Transaction, Transactions } from '@sinkron/database';
import {
  type Consent,
  consentsOf,
  deliveriesTo,
  type Delivery,
  giveConsent,
  type PersonChannel,
  WaitingNotices,
  withdrawConsent,
} from '@sinkron/messaging';
import { invalid } from '@sinkron/observability';

/** By which channels the applicant of a ticket wants to be told, and what was told; no addresses. */
export interface TicketNoticesRead {
  ticket: Ticket;
  consents: Consent[];
  /** Oldest first. */
  notices: Delivery[];
}

/** What applicants agreed to (UU PDP 27/2022 arts 20–22): set and withdrawn at any time, also after the close. */
@Injectable()
export class NoticeConsents {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
    private readonly waiting: WaitingNotices,
  ) {}

  /** These and no others, the preferred one first; none withdraws. @throws Problem invalid where an address is missing */
  set(by: OfficerActor, code: string, channels: PersonChannel[]): Promise<Ticket> {
    return this.writer.move(by, code, 'notices', async (ticket, transaction) => {
      await this.assertReachable(transaction, ticket, channels);
      const recipient = applicantOf(ticket.id);
      await withdrawConsent(transaction, recipient, channels);
      await giveConsent(transaction, [{ recipient, officerId: by.officerId, channels }]);
      await this.waiting.restrictTo(transaction, recipient, channels);
      return [await this.writer.entry(transaction, ticket, by, { kind: 'notices_set', data: { channels } })];
    });
  }

  /** Also for an office that takes part. @throws Problem not_found, also outside the scope */
  read(by: OfficerActor, code: string): Promise<TicketNoticesRead> {
    return this.transactions.run(async (transaction) => {
      const { ticket } = await this.store.find(transaction, by.scope, code);
      const recipient = applicantOf(ticket.id);
      return {
        ticket,
        consents: await consentsOf(transaction, recipient),
        notices: await deliveriesTo(transaction, recipient, 'oldest', 1000),
      };
    });
  }

  private async assertReachable(
    transaction: Transaction,
    ticket: Ticket,
    channels: readonly PersonChannel[],
  ): Promise<void> {
    if (channels.length === 0) return;
    const { applicant } = await this.statements.read(transaction, ticket.statementId);
    const errors = channels.flatMap((channel, at) =>
      applicant[addressField[channel]] ? [] : [{ field: `channels.${at}`, ...noAddress[channel] }],
    );
    if (errors.length > 0) throw invalid(errors);
  }
}
