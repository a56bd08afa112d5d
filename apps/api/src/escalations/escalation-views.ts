import { Inject, Injectable } from '@nestjs/common';
import { OfficeDirectory, type Page, type Principal, type Scope, pageOf } from '@sinkron/access';
import type { Id } from '@sinkron/database';
import { type Escalation, type EscalationState, Escalations, Handoffs } from '@sinkron/escalation';
import { Problem } from '@sinkron/observability';
import { CaseList } from '@sinkron/tickets';
import type { Language } from '../tickets/language';
import type { WholeEscalation } from './escalation-schemas';
import { type EscalationView, type HandoffView, viewEscalation, viewHandoff } from './escalation-view';

/** Escalations as an officer of this scope sees them, in the caller's language. */
@Injectable()
export class EscalationViews {
  constructor(
    @Inject(Escalations) private readonly escalations: Escalations,
    @Inject(Handoffs) private readonly handoffs: Handoffs,
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(OfficeDirectory) private readonly offices: OfficeDirectory,
  ) {}

  /** Newest first. A case that the officer does not see has no escalations to show. */
  async page(
    { scope }: Principal,
    filter: {
      state?: EscalationState | undefined;
      ticket?: string | undefined;
      cursor?: Id | undefined;
      limit: number;
    },
    language: Language,
  ): Promise<Page<EscalationView>> {
    const { ticket, ...rest } = filter;
    const ticketId = ticket === undefined ? undefined : await this.ticketId(scope, ticket);
    if (ticketId === null) return { items: [], nextCursor: null };
    const { items, nextCursor } = pageOf(
      await this.escalations.list(scope, { ...rest, ...(ticketId && { ticketId }) }),
      filter.limit,
    );
    return { items: await this.views(scope, items, language), nextCursor };
  }

  /** One, with its hand-offs. */
  async whole({ scope }: Principal, escalation: Escalation, language: Language): Promise<WholeEscalation> {
    const [view] = await this.views(scope, [escalation], language);
    const handoffs = await this.handoffs.ofEscalation(scope, escalation.id);
    return { ...view!, handoffs: handoffs.map((handoff) => this.handoff(handoff)) };
  }

  handoff(handoff: Parameters<Handoffs['receiptOf']>[0]): HandoffView {
    return viewHandoff(handoff, this.handoffs.receiptOf(handoff));
  }

  private async views(
    scope: Scope,
    escalations: Escalation[],
    language: Language,
  ): Promise<EscalationView[]> {
    const tree = await this.offices.tree();
    const codes = await this.cases.codesOf(
      scope,
      escalations.flatMap(({ ticketId }) => ticketId ?? []),
    );
    return escalations.map((escalation) =>
      viewEscalation(escalation, {
        code: codes.get(escalation.ticketId ?? ''),
        note: this.escalations.noteOf(escalation),
        tree,
        language,
      }),
    );
  }

  private async ticketId(scope: Scope, code: string): Promise<Id | null> {
    try {
      return (await this.cases.read(scope, code)).ticket.id;
    } catch (error) {
      if (error instanceof Problem && error.kind === 'not_found') return null;
      throw error;
    }
  }
}
