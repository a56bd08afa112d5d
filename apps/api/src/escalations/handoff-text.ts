import { Inject, Injectable } from '@nestjs/common';
import { Audit, OfficeDirectory, type OfficeTree, type Principal, authorOf } from '@sinkron/access';
import {
  type ContactView,
  type Escalation,
  type HandoffFacts,
  composeHandoff,
  composeIncident,
} from '@sinkron/escalation';
import { type Zone, localTime, maskNumber } from '@sinkron/identity';
import { Problem, notFound } from '@sinkron/observability';
import { Evidence } from '@sinkron/resync';
import { CaseList, wiped } from '@sinkron/tickets';

/** Words a hand-off from what is known of its subjects now, on the clock of whoever reads it. */
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
   * @throws Problem `not_found` when a case is out of the officer's scope, `conflict` when it is wiped, or when cases
   *   and incidents are mixed
   */
  async compose(
    by: Principal,
    escalations: Escalation[],
    contact: ContactView,
    numbersLink: string,
  ): Promise<string> {
    const tree = await this.offices.tree();
    const zone = tree.findByCode(contact.office.code)?.zone ?? by.office.zone;
    const text = await this.words(by, escalations, { tree, zone, numbersLink });
    const tickets = escalations.flatMap(({ ticketId }) => ticketId ?? []);
    await this.audit.read({
      ...authorOf(by),
      action: 'handoff_composed',
      ...(tickets.length === 1 && { ticketId: tickets[0]! }),
      detail: {
        ...(escalations.length === 1
          ? { escalation: escalations[0]!.id }
          : { escalations: escalations.map(({ id }) => id) }),
        contact: contact.id,
        tickets,
        fields: ['contact.phone', ...(tickets.length > 0 ? ['nik:masked', 'kk:masked'] : [])],
      },
    });
    return text;
  }

  private async words(
    by: Principal,
    escalations: Escalation[],
    { tree, zone, numbersLink }: { tree: OfficeTree; zone: Zone; numbersLink: string },
  ): Promise<string> {
    const [first] = escalations;
    if (escalations.length === 1 && first!.incident)
      return composeIncident(by.office.name, first!.reason, localTime(first!.openedAt, zone));
    if (escalations.some(({ incident }) => incident)) throw mixed();
    const cases = await Promise.all(escalations.map((escalation) => this.factsOf(by, escalation, zone)));
    const office = first!.officeId ? tree.find(first!.officeId) : null;
    return composeHandoff((office ?? by.office).name, cases, numbersLink);
  }

  private async factsOf({ scope }: Principal, escalation: Escalation, zone: Zone): Promise<HandoffFacts> {
    const { ticketId, reason } = escalation;
    const code = ticketId ? (await this.cases.codesOf(scope, [ticketId])).get(ticketId) : undefined;
    if (code === undefined) throw notFound();
    const { ticket, values } = await this.cases.read(scope, code);
    if (!values) throw wiped();
    const { readings, handOvers } = await this.evidence.ofTicket(ticket.id);
    return {
      ticketCode: ticket.code,
      trackingId: handOvers.findLast(({ trackingId }) => trackingId !== null)?.trackingId ?? null,
      maskedNik: maskNumber(values.applicant.nik),
      maskedKk: maskNumber(values.applicant.kk),
      verdicts: Object.entries(readings.at(-1)?.verdicts ?? {}).map(([field, matches]) => ({
        field,
        matches,
      })),
      reason,
      deadline: ticket.deadlineAt ? localTime(ticket.deadlineAt, zone) : null,
    };
  }
}

function mixed(): Problem {
  return new Problem('conflict', {
    id: 'Satu pesan hanya untuk laporan; kabarkan gangguan umum dalam pesan tersendiri.',
    en: 'One message is for cases only; tell of an incident in a message of its own.',
  });
}
