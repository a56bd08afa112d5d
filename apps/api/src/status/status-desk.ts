import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '@sinkron/access';
import { Problem } from '@sinkron/observability';
import { StatusCheck, type Ticket } from '@sinkron/tickets';
import { StatusLimit } from './status-limit';

/** Answers whoever brings a code and a birth date (R12), and slows those who guess. */
@Injectable()
export class StatusDesk {
  constructor(
    @Inject(StatusCheck) private readonly statuses: StatusCheck,
    @Inject(StatusLimit) private readonly limit: StatusLimit,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** @throws Problem `not_found`, one and the same for whatever was wrong, or `too_many` */
  async ask({ code, birthDate }: { code: string; birthDate: string }, address: string): Promise<Ticket> {
    const ticket = await this.limit.judge(code, address, () => this.statuses.check(code, birthDate));
    if (!ticket) throw noMatch();
    // The applicant's own reading: nothing is kept of who asked.
    await this.audit.read({ officerId: null, officeId: null, action: 'status_check', ticketId: ticket.id });
    return ticket;
  }
}

function noMatch(): Problem {
  return new Problem('not_found', {
    id: 'Kode laporan atau tanggal lahir tidak cocok. Periksa keduanya pada tanda terima Anda.',
    en: 'The code or the birth date does not fit. Check both with your receipt.',
  });
}
