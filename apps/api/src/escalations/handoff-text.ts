import { Inject, Injectable } from '@nestjs/common';
import { OfficeDirectory, type Principal } from '@sinkron/access';
import { type Escalation, composeHandoff, composeIncident } from '@sinkron/escalation';
import { maskNumber } from '@sinkron/identity';
import { notFound } from '@sinkron/observability';
import { Evidence } from '@sinkron/resync';
import { CaseList, localTime } from '@sinkron/tickets';

/** Words a hand-off from what is known of its subject now. */
@Injectable()
export class HandoffText {
  constructor(
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(OfficeDirectory) private readonly offices: OfficeDirectory,
  ) {}

  /** @throws Problem `not_found` when the case is out of the officer's scope */
  async compose({ scope, office: own }: Principal, escalation: Escalation): Promise<string> {
    const { incident, openedAt, ticketId } = escalation;
    if (incident) return composeIncident(own.name, incident, localTime(openedAt, own.zone));
    const code = ticketId ? (await this.cases.codesOf(scope, [ticketId])).get(ticketId) : undefined;
    if (code === undefined) throw notFound();
    const { ticket, values } = await this.cases.read(scope, code);
    const { readings, handOvers } = await this.evidence.ofTicket(ticket.id);
    const office = (await this.offices.tree()).find(ticket.officeId) ?? own;
    return composeHandoff({
      officeName: office.name,
      ticketCode: ticket.code,
      trackingId: handOvers.findLast(({ trackingId }) => trackingId !== null)?.trackingId ?? null,
      maskedNik: maskNumber(values.applicant.nik),
      maskedKk: maskNumber(values.applicant.kk),
      verdicts: Object.entries(readings.at(-1)?.verdicts ?? {}).map(([field, matches]) => ({
        field,
        matches,
      })),
      reason: escalation.reason,
      deadline: ticket.deadlineAt ? localTime(ticket.deadlineAt, office.zone) : null,
    });
  }
}
