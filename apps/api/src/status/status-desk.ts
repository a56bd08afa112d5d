import { Inject, Injectable } from '@nestjs/common';
import { Audit, OfficeDirectory } from '@sinkron/access';
import type { Zone } from '@sinkron/identity';
import { Problem } from '@sinkron/observability';
import { Evidence } from '@sinkron/resync';
import { Contests, StatusCheck, type Ticket } from '@sinkron/tickets';
import { StatusLimit } from './status-limit';

/** Answers whoever brings a code and a birth date (R12), and slows those who guess. */
@Injectable()
export class StatusDesk {
  constructor(
    @Inject(StatusCheck) private readonly statuses: StatusCheck,
    @Inject(StatusLimit) private readonly limit: StatusLimit,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Contests) private readonly contests: Contests,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(OfficeDirectory) private readonly offices: OfficeDirectory,
  ) {}

  /** @throws Problem `not_found`, one and the same for whatever was wrong, or `too_many` */
  async ask({ code, birthDate }: { code: string; birthDate: string }, address: string): Promise<Ticket> {
    const ticket = await this.limit.judge(code, address, () => this.statuses.check(code, birthDate));
    if (!ticket) throw noMatch();
    // The applicant's own reading: nothing is kept of who asked.
    await this.audit.read({ officerId: null, officeId: null, action: 'status_check', ticketId: ticket.id });
    return ticket;
  }

  /**
   * "It is not done": the centre is read again. Whoever asks is judged as for a status.
   * @throws Problem as `ask` does, and `conflict` when it cannot be contested
   */
  async contest(question: { code: string; birthDate: string }, address: string): Promise<Ticket> {
    const { id } = await this.ask(question, address);
    return this.contests.byApplicant(id);
  }

  /** The clock of the office, as on the receipt. */
  async zoneOf({ officeId }: Ticket): Promise<Zone> {
    const tree = await this.offices.tree();
    return tree.find(officeId)?.zone ?? 'Asia/Jakarta';
  }

  /** Null for a case that is not resolved. */
  async contestOf(ticket: Ticket): Promise<ContestState | null> {
    if (ticket.state !== 'resolved') return null;
    const possible = await this.contests.mayApplicantAsk(ticket);
    return { possible, askedAt: ticket.contestedAt, checkedAt: await this.evidence.upheldAt(ticket) };
  }
}

/** What a closed case may still get: to be checked again. */
export interface ContestState {
  /** Whether the applicant may ask for it now. */
  possible: boolean;
  /** Since when it is being checked. */
  askedAt: Date | null;
  /** When it was last checked and found to be still done. */
  checkedAt: Date | null;
}

function noMatch(): Problem {
  return new Problem('not_found', {
    id: 'Kode laporan atau tanggal lahir tidak cocok. Periksa keduanya pada tanda terima Anda.',
    en: 'The code or the birth date does not fit. Check both with your receipt.',
  });
}
