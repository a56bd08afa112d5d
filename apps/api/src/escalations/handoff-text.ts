import { Injectable } from '@nestjs/common';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import {
  composeHandoff,
  composeIncident,
  type ContactView,
  type Escalation,
  type HandoffFacts,
} from '@sinkron/escalation';
import { localTime, maskNumber, type Zone } from '@sinkron/identity';
import { notFound, Problem } from '@sinkron/observability';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';
import type { AskedField } from '@sinkron/registry';
import { Evidence, type Reading } from '@sinkron/resync';
import { TicketList, wiped } from '@sinkron/tickets';

/** Writes the text of a hand-off from what is known of its subjects now, in the time zone of the contact. */
@Injectable()
export class HandoffText {
  constructor(
    private readonly tickets: TicketList,
    private readonly evidence: Evidence,
    private readonly offices: OfficeDirectory,
    private readonly audit: Audit,
  ) {}

  /**
   * The text, which is shown and goes to the contact, and is therefore audited.
   * @throws Problem `not_found` when a ticket is out of the officer's scope, `conflict` when it is wiped, or when
   *   tickets and incidents are mixed
   */
  async compose(
    by: OfficerActor,
    escalations: Escalation[],
    contact: ContactView,
    numbersLink: string,
  ): Promise<string> {
    const tree = await this.offices.tree();
    const zone = tree.findByCode(contact.office.code)?.zone ?? by.office.zone;
    const text = await this.words(by, escalations, { tree, zone, numbersLink });
    const tickets = escalations.flatMap(({ ticketId }) => ticketId ?? []);
    await this.audit.read({
      ...actedBy(by),
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
    by: OfficerActor,
    escalations: Escalation[],
    { tree, zone, numbersLink }: { tree: OfficeTree; zone: Zone; numbersLink: string },
  ): Promise<string> {
    const [first] = escalations;
    if (escalations.length === 1 && first!.incident)
      return composeIncident(by.office.name, first!, localTime(first!.openedAt, zone));
    if (escalations.some(({ incident }) => incident)) throw mixed();
    const facts = await Promise.all(escalations.map((escalation) => this.factsOf(by, escalation, zone)));
    const office = first!.officeId ? tree.find(first!.officeId) : null;
    return composeHandoff((office ?? by.office).name, facts, numbersLink);
  }

  private async factsOf({ scope }: OfficerActor, escalation: Escalation, zone: Zone): Promise<HandoffFacts> {
    const { ticketId } = escalation;
    const code = ticketId ? (await this.tickets.codesOf(scope, [ticketId])).get(ticketId) : undefined;
    if (code === undefined) throw notFound();
    const { ticket, values } = await this.tickets.read(scope, code);
    if (!values) throw wiped();
    const { readings, pushes } = await this.evidence.ofTicket(ticket.id);
    return {
      ticketCode: ticket.code,
      trackingId: pushes.findLast(({ trackingId }) => trackingId !== null)?.trackingId ?? null,
      maskedNik: maskNumber(values.applicant.nik),
      maskedKk: maskNumber(values.applicant.kk),
      verdicts: verdictsOf(readings.at(-1)),
      escalation,
      deadline: ticket.deadlineAt ? localTime(ticket.deadlineAt, zone) : null,
    };
  }
}

function verdictsOf(reading: Reading | undefined): HandoffFacts['verdicts'] {
  const verdicts = Object.entries(reading?.verdicts ?? {}) as [AskedField, boolean][];
  return verdicts.map(([field, matches]) => ({ field, matches }));
}

function mixed(): Problem {
  return new Problem('conflict', {
    id: 'Satu pesan hanya untuk laporan; kabarkan gangguan umum dalam pesan tersendiri.',
    en: 'One message is for tickets only; report an incident in a message of its own.',
  });
}
