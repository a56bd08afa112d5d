import { Injectable } from '@nestjs/common';
import type { Language } from '../http/language';
import { rangeText } from '../tickets/views/prediction-words';
import { Predictions } from '@sinkron/resync';
import { StatusDesk, type Ticket } from '@sinkron/tickets';

/** Between when a ticket is expected to be done, as the applicant sees it. */
export interface Expectation {
  range: { from: string; to: string };
  /** The same in a sentence, on the clock of the office. */
  text: string;
}

/** Shows applicants the range of the prediction that officers see, and nothing where there is none. */
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
