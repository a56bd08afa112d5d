import { Injectable } from '@nestjs/common';
import type { Language } from '../http/language';
import { unlessMissing } from '../problems/unless-missing';
import type { ChangedHandoffs, WholeEscalation } from './escalation-schemas';
import { viewMessage, viewStory } from './escalation-story';
import { type EscalationView, type HandoffView, viewEscalation, viewHandoff } from './escalation-view';
import { OfficerNames, type OfficerActor } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Id, type Page, pageOf } from '@sinkron/database';
import {
  type Escalation,
  Escalations,
  type EscalationState,
  type Handoff,
  Handoffs,
} from '@sinkron/escalation';
import { maskText } from '@sinkron/identity';
import { Deliveries } from '@sinkron/messaging';
import { OfficeDirectory, type Scope } from '@sinkron/offices';
import { TicketList } from '@sinkron/tickets';

/** Escalations as an officer sees them, in the caller's language; each reading is audited before it is shown. */
@Injectable()
export class EscalationViews {
  constructor(
    private readonly escalations: Escalations,
    private readonly handoffs: Handoffs,
    private readonly names: OfficerNames,
    private readonly deliveries: Deliveries,
    private readonly tickets: TicketList,
    private readonly offices: OfficeDirectory,
    private readonly audit: Audit,
  ) {}

  /** Newest first. For a ticket outside the scope the page is empty. */
  async page(
    by: OfficerActor,
    filter: {
      state?: EscalationState | undefined;
      ticket?: string | undefined;
      cursor?: Id | undefined;
      limit: number;
    },
    language: Language,
  ): Promise<Page<EscalationView>> {
    const { ticket, ...rest } = filter;
    const ticketId =
      ticket === undefined ? undefined : await this.tickets.idOf(by.scope, ticket).catch(unlessMissing);
    if (ticketId === null) return { items: [], nextCursor: null };
    const { items, nextCursor } = pageOf(
      await this.escalations.list(by.scope, { ...rest, ...(ticketId && { ticketId }) }),
      filter.limit,
    );
    const views = await this.views(by.scope, items, language);
    await this.audit.read({
      ...actedBy(by),
      action: 'escalations_listed',
      detail: {
        tickets: items.flatMap(({ ticketId }) => ticketId ?? []),
        fields: views.some(({ note }) => note !== null) ? ['escalation.note'] : [],
      },
    });
    return { items: views, nextCursor };
  }

  /** One, with its hand-offs and its story. */
  async whole(by: OfficerActor, escalation: Escalation, language: Language): Promise<WholeEscalation> {
    const { id, ticketId } = escalation;
    const [view] = await this.views(by.scope, [escalation], language);
    const handoffs = (await this.handoffs.ofEscalation(by.scope, id)).map((handoff) => this.handoff(handoff));
    const fields = [
      ...(view!.note === null ? [] : ['escalation.note']),
      ...(handoffs.some(({ receipt }) => receipt !== null) ? ['handoff.receipt'] : []),
    ];
    const story = await this.escalations.storyOf(escalation);
    const messages = await this.deliveries.ofEscalation(id);
    const people = await this.names.of([
      ...[escalation.acknowledgedBy, escalation.resolvedBy].flatMap((one) => one ?? []),
      ...story.flatMap(({ officerId }) => officerId ?? []),
      ...messages.flatMap((message) => message.recipientOf('officer') ?? []),
    ]);
    await this.audit.read({
      ...actedBy(by),
      action: 'escalation_read',
      ...(ticketId && { ticketId }),
      detail: {
        escalation: id,
        tickets: ticketId ? [ticketId] : [],
        officers: people.map((one) => one.id),
        fields: [...fields, ...(people.length > 0 ? ['officer.name'] : [])],
      },
    });
    return {
      ...view!,
      handoffs,
      story: viewStory(story, language),
      messages: messages.map(viewMessage),
      people,
      policy: escalation.policy,
    };
  }

  /** The hand-offs of one message; the fields of the first one are repeated at the top. */
  all(changed: Handoff[]): ChangedHandoffs {
    const views = changed.map((handoff) => this.handoff(handoff));
    return { ...views[0]!, handoffs: views };
  }

  handoff(handoff: Handoff): HandoffView {
    const receipt = this.handoffs.confirmationOf(handoff);
    return viewHandoff(handoff, receipt && { who: maskText(receipt.who), how: maskText(receipt.how) });
  }

  private async views(
    scope: Scope,
    escalations: Escalation[],
    language: Language,
  ): Promise<EscalationView[]> {
    const tree = await this.offices.tree();
    const codes = await this.tickets.codesOf(
      scope,
      escalations.flatMap(({ ticketId }) => ticketId ?? []),
    );
    return escalations.map((escalation) =>
      viewEscalation(escalation, {
        code: codes.get(escalation.ticketId ?? ''),
        note: maskedText(this.escalations.noteOf(escalation)),
        tree,
        language,
      }),
    );
  }
}

/** Identity numbers that an officer typed into a note leave the desk masked. */
function maskedText(note: string | null): string | null {
  return note && maskText(note);
}
