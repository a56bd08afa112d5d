import { Injectable } from '@nestjs/common';
import { listOf } from '../http/list-of';
import { evidence, viewEvidence } from './views/evidence-view';
import { may, type OfficerActor, officesOfOfficers } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Id, Transactions } from '@sinkron/database';
import { maskText } from '@sinkron/identity';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';
import { Evidence } from '@sinkron/resync';
import { type HistoryEntry, type Statement, Statements, TicketStore } from '@sinkron/tickets';
import { z } from 'zod';

const historyItem = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  kind: z.string().meta({ examples: ['received'] }),
  by: z
    .object({ officer: z.uuid(), office: z.string().nullable() })
    .nullable()
    .describe('Null: done by the service itself, or from outside the desk, as `data.by` then says'),
  data: z.record(z.string(), z.unknown()).nullable(),
  note: z.string().nullable().describe('What the officer wrote; identity numbers in it are masked'),
  symptom: z.string().nullable(),
  urgentReason: z.string().nullable(),
});
export const wholeHistory = listOf(historyItem).extend({ evidence });
type WholeHistory = z.output<typeof wholeHistory>;
type HistoryItem = z.output<typeof historyItem>;

type Texts = Pick<HistoryItem, 'note' | 'symptom' | 'urgentReason'>;
/** Nobody wrote anything, the reader may not see it, or it was wiped. */
const noTexts: Texts = { note: null, symptom: null, urgentReason: null };

/** What entries refer to. */
interface Referred {
  statements: Map<Id, Statement>;
  /** Whether the reader may see what people wrote: it may name them. */
  texts: boolean;
  /** Where each officer sits now. */
  officers: Map<Id, Id>;
  tree: OfficeTree;
}

/** Reads the history of a ticket with the texts that people wrote, and the evidence. */
@Injectable()
export class TicketHistory {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly statements: Statements,
    private readonly offices: OfficeDirectory,
    private readonly evidence: Evidence,
    private readonly audit: Audit,
  ) {}

  /**
   * Oldest first, also for an office that takes part; without what people wrote for a reader who may not read tickets.
   * @throws Problem `not_found`, also outside the scope
   */
  async read(by: OfficerActor, code: string): Promise<WholeHistory> {
    const texts = may(by, 'cases:read');
    const tree = await this.offices.tree();
    const { ticket, items } = await this.transactions.run(async (transaction) => {
      const { ticket } = await this.store.find(transaction, by.scope, code);
      const entries = await this.store.history(transaction, ticket);
      const stated = await this.statements.ofTicket(transaction, ticket);
      const statements = new Map(stated.map((statement) => [statement.id, statement]));
      // Officers of other offices write in a history too.
      const authors = new Set(entries.flatMap(({ officerId }) => officerId ?? []));
      const officers = await officesOfOfficers(transaction, [...authors]);
      return {
        ticket,
        items: entries.map((entry) => this.view(entry, { statements, texts, officers, tree })),
      };
    });
    const evidence = viewEvidence(await this.evidence.ofTicket(ticket.id), ticket.round);
    await this.audit.read({
      ...actedBy(by),
      action: 'history_read',
      ticketId: ticket.id,
      detail: { tickets: [ticket.id], fields: texts ? textFields : [] },
    });
    return { items, nextCursor: null, evidence };
  }

  private view(entry: HistoryEntry, { statements, texts, officers, tree }: Referred): HistoryItem {
    const { seq, at, kind, officerId, statementId, data } = entry;
    const statement = statementId ? statements.get(statementId) : undefined;
    const officeId = statement?.officeId ?? (officerId ? officers.get(officerId) : undefined);
    return {
      seq,
      at: at.toISOString(),
      kind,
      by: officerId ? { officer: officerId, office: (officeId && tree.find(officeId)?.code) ?? null } : null,
      data: kind === 'transferred' ? inCodes(data, tree) : data,
      ...(texts && statement ? this.textsOf(statement) : noTexts),
    };
  }

  private textsOf(statement: Statement): Texts {
    if (statement.kind === 'note') return { ...noTexts, note: masked(this.statements.noteText(statement)) };
    const values = this.statements.values(statement);
    if (!values) return noTexts;
    const { note, symptom, urgentReason } = values;
    return { note: masked(note), symptom: masked(symptom), urgentReason: masked(urgentReason) };
  }
}

const textFields = Object.keys(noTexts).map((name) => `${name}:masked`);

function masked(text: string | null | undefined): string | null {
  return text ? maskText(text) : null;
}

/** Transfers name offices by id in the history; answers name them by code. */
export function inCodes(data: HistoryEntry['data'], tree: OfficeTree): HistoryEntry['data'] {
  const code = (id: unknown) => (typeof id === 'string' ? (tree.find(id)?.code ?? null) : null);
  return { ...data, from: code(data?.['from']), to: code(data?.['to']) };
}
