import { Injectable } from '@nestjs/common';
import { Evidence } from '@sinkron/resync';
import { Contests, type Ticket } from '@sinkron/tickets';

/** Whether a resolved ticket can be contested, and what became of it. */
export interface ContestState {
  /** Whether the applicant may ask for it now. */
  possible: boolean;
  /** Since when it is being checked. */
  askedAt: Date | null;
  /** When it was last checked and found to be still done. */
  checkedAt: Date | null;
}

/** Reads the state of a contest, for the applicant's status check. */
@Injectable()
export class ContestStates {
  constructor(
    private readonly contests: Contests,
    private readonly evidence: Evidence,
  ) {}

  /** Null for a ticket that is not resolved. */
  async of(ticket: Ticket): Promise<ContestState | null> {
    if (ticket.state !== 'resolved') return null;
    const possible = await this.contests.mayApplicantAsk(ticket);
    return { possible, askedAt: ticket.contestedAt, checkedAt: await this.evidence.upheldAt(ticket) };
  }
}
