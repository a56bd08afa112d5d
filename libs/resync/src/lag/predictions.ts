import { Injectable } from '@nestjs/common';
import { Transactions } from '@sinkron/database';
import { LagEstimates, predict, type Prediction } from '@sinkron/lag';
import type { Ticket } from '@sinkron/tickets';

/** When open tickets will be done, from the lag of the last days in their region. */
@Injectable()
export class Predictions {
  constructor(
    private readonly transactions: Transactions,
    private readonly estimates: LagEstimates,
  ) {}

  /** @returns the prediction for any ticket at this moment of the database's clock */
  async now(): Promise<{ now: Date; of: (ticket: Ticket) => Prediction | null }> {
    const lags = await this.estimates.current();
    const now = await this.transactions.run((transaction) => Promise.resolve(transaction.now));
    return { now, of: (ticket) => predict(lags.of(ticket.officeId), ticket, now) };
  }
}
