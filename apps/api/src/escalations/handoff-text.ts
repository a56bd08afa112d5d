import { Inject, Injectable } from '@nestjs/common';
import { Audit, OfficeDirectory, type Principal, authorOf } from '@sinkron/access';
import { type ContactView, type Escalation, composeHandoff, composeIncident } from '@sinkron/escalation';
import { maskNumber } from '@sinkron/identity';
import { notFound } from '@sinkron/observability';
import { Evidence } from '@sinkron/resync';
import { CaseList, localTime, wiped } from '@sinkron/tickets';

/** Words a hand-off from what is known of its subject now. */
@Injectable()
export class HandoffText {
  constructor(
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(OfficeDirectory) private readonly offices: OfficeDirectory,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * The text, which is shown and goes to the contact, and is therefore audited.
   * @throws Problem `not_found` when the case is out of the officer's scope, `conflict` when it is wiped
   */
  async compose(by: Principal, escalation: Escalation, contact: ContactView): Promise<string> {
    const { id, incident, openedAt, ticketId } = escalation;
    const { office: own } = by;
    const text = incident
      ? composeIncident(own.name, incident, localTime(openedAt, own.zone))
      : await this.ofCase(by, escalation);
    await this.audit.read({
      ...authorOf(by),
      action: 'handoff_composed',
      ...(ticketId && { ticketId }),
      detail: {
        escalation: id,
        contact: contact.id,
        tickets: ticketId ? [ticketId] : [],
        fields: ['contact.phone', ...(ticketId ? ['nik:masked', 'kk:masked'] : [])],
      },
    });
    return text;
  }

  private async ofCase({ scope, office: own }: Principal, { ticketId, reason }: Escalation): Promise<string> {
    const code = ticketId ? (await this.cases.codesOf(scope, [ticketId])).get(ticketId) : undefined;
    if (code === undefined) throw notFound();
    const { ticket, values } = await this.cases.read(scope, code);
    if (!values) throw wiped();
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
      reason,
      deadline: ticket.deadlineAt ? localTime(ticket.deadlineAt, office.zone) : null,
    });
  }
}
