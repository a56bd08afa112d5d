import { Injectable } from '@nestjs/common';
import type { Ticket } from '../model/ticket';
import { Contests } from '../moves/contests';
import { StatusCheck } from './status-check';
import { StatusLimit } from './status-limit';
import { Audit } from '@sinkron/audit';
import type { Zone } from '@sinkron/identity';
import { Problem } from '@sinkron/observability';
import { OfficeDirectory } from '@sinkron/offices';

/** Answers whoever brings a code and a birth date (R12), and slows those who guess. */
@Injectable()
export class StatusDesk {
  constructor(
    private readonly statuses: StatusCheck,
    private readonly limit: StatusLimit,
    private readonly audit: Audit,
    private readonly contests: Contests,
    private readonly offices: OfficeDirectory,
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
}

function noMatch(): Problem {
  return new Problem('not_found', {
    id: 'Kode laporan atau tanggal lahir tidak cocok. Periksa keduanya pada tanda terima Anda.',
    en: 'The code or the birth date does not fit. Check both with your receipt.',
  });
}
