import { Injectable } from '@nestjs/common';
import type { Language } from '../http/language';
import { rangeText } from '../tickets/views/prediction-words';
import { Predictions } from '@sinkron/resync';
import { StatusDesk, type Ticket } from '@sinkron/tickets';

/** By when the applicant may hope. */
export interface Expectation {
  range: { from: string; to: string };
  /** The same in a sentence, on the clock of the office. */
  text: string;
}

/** Tells the applicant what officers see of the prediction: the range alone, and nothing where nobody can say. */
@Injectable()
export class Expectations {
  constructor(
    private readonly predictions: Predictions,
    private readonly desk: StatusDesk,
  ) {}

  async of(ticket: Ticket, language: Language): Promise<Expectation | null> {
    const { now, of } = await this.predictions.now();
    const prediction = of(ticket);
    const { from, to } = prediction ?? { from: null, to: null };
    if (!prediction || !from || !to) return null;
    const text = rangeText(prediction, { now, zone: await this.desk.zoneOf(ticket), language });
    return { range: { from: from.toISOString(), to: to.toISOString() }, text: `${text}.` };
  }
}
