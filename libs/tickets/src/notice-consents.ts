import { Injectable } from '@nestjs/common';
import type { Principal } from '@sinkron/access';
import { type Transaction, Transactions, selectRows, toBinary } from '@sinkron/database';
import {
  Delivery,
  NoticeConsent,
  type PersonChannel,
  WaitingNotices,
  giveConsent,
  withdrawConsent,
} from '@sinkron/messaging';
import { invalid } from '@sinkron/observability';
import { Moves } from './moves';
import { addressField, noAddress } from './notice-channels';
import { Statements } from './statements';
import type { Ticket } from './ticket';
import { TicketStore } from './ticket-store';

/** By which channels the applicant of a case wants to be told, and what was told; no addresses. */
export interface CaseTold {
  ticket: Ticket;
  consents: NoticeConsent[];
  /** Oldest first. */
  notices: Delivery[];
}

/** What applicants agreed to (UU PDP 27/2022 arts 20–22): set and withdrawn at any time, also after the close. */
@Injectable()
export class NoticeConsents {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly moves: Moves,
    private readonly statements: Statements,
    private readonly waiting: WaitingNotices,
  ) {}

  /** These and no others, the preferred one first; none withdraws. @throws Problem invalid where an address is missing */
  set(by: Principal, code: string, channels: PersonChannel[]): Promise<Ticket> {
    return this.moves.move(by, code, 'notices', async (ticket, transaction) => {
      await this.assertReachable(transaction, ticket, channels);
      await withdrawConsent(transaction, ticket.id, channels);
      await giveConsent(transaction, [{ ticketId: ticket.id, officerId: by.officerId, channels }]);
      await this.waiting.keepTo(transaction, ticket.id, channels);
      return this.moves.happened(transaction, ticket, by, 'notices_set', { channels });
    });
  }

  /** Also for an office that takes part. @throws Problem not_found, also outside the scope */
  read(by: Principal, code: string): Promise<CaseTold> {
    return this.transactions.run(async (transaction) => {
      const { ticket } = await this.store.find(transaction, by.scope, code);
      const id = [toBinary(ticket.id)];
      return {
        ticket,
        consents: await selectRows(
          transaction,
          NoticeConsent,
          'where ticket_id = ? order by place, given_at, channel',
          id,
        ),
        notices: await selectRows(transaction, Delivery, 'where ticket_id = ? order by id limit 1000', id),
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
