import { Injectable } from '@nestjs/common';
import { type TicketContents, TicketContentsReader, type OpenedStatement } from './ticket-contents';
import { type OfficerActor, RevealLimit } from '@sinkron/accounts';
import { Audit, actedBy, TicketTrail, type TicketTrailPage } from '@sinkron/audit';
import { type Id, type TimedKey, type Transaction, Transactions } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';
import { statedFields, type Ticket, TicketRecords, TicketWriter } from '@sinkron/tickets';

/** A person has fewer, unless a machine opens and closes tickets. */
const mostTickets = 50;
const trailPage = 500;

/** A ticket that another office handles: its office can be asked for the rest; here is what was stated within the scope. */
export interface SharedTicket {
  ticket: Ticket;
  statements: OpenedStatement[];
}

export interface SubjectHolding {
  /** The database's clock. */
  exportedAt: Date;
  /** Newest first. */
  cases: TicketContents[];
  shared: SharedTicket[];
  /** There are older tickets than these. */
  isCut: boolean;
  /** Who read or changed `cases`. */
  trail: TicketTrailPage;
}

/** Exports everything that is held on one person (UU PDP 27/2022 arts 31–32), within the scope of the officer. */
@Injectable()
export class SubjectExport {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: TicketWriter,
    private readonly records: TicketRecords,
    private readonly contents: TicketContentsReader,
    private readonly trails: TicketTrail,
    private readonly offices: OfficeDirectory,
    private readonly reveals: RevealLimit,
    private readonly audit: Audit,
  ) {}

  /**
   * Opened, for a reason that stays with the tickets; counted like `reveal` and audited also when nothing is found.
   * @param input.before where the page of the trail before ended
   * @throws Problem `too_many` after many in an hour
   */
  async of(
    by: OfficerActor,
    input: { nik: string; reason: string; before?: TimedKey | undefined },
  ): Promise<SubjectHolding> {
    await this.reveals.enter(by);
    const held = await this.transactions.run((transaction) => this.open(transaction, by, input));
    return { ...held, trail: await this.trailOf(held, input.before) };
  }

  private async open(
    transaction: Transaction,
    by: OfficerActor,
    { nik, reason }: { nik: string; reason: string },
  ): Promise<Omit<SubjectHolding, 'trail'>> {
    // One more than is shown: its presence tells that there are more.
    const wanted = { nik, limit: mostTickets + 1 };
    const tickets = await this.records.lockOfPerson(transaction, by.scope, wanted);
    const cases: TicketContents[] = [];
    const shared: SharedTicket[] = [];
    for (const ticket of tickets.slice(0, mostTickets)) {
      // What was wiped gets no words that nobody would wipe again.
      if (!ticket.wipedAt) {
        const entry = await this.writer.entry(transaction, ticket, by, { kind: 'exported', text: reason });
        await this.writer.save(transaction, ticket, [entry]);
      }
      if (by.scope.includes(ticket.officeId)) cases.push(await this.contents.read(transaction, ticket));
      else {
        const statements = await this.contents.stated(transaction, ticket, by.scope.ids);
        shared.push({ ticket, statements: statements.toReversed() });
      }
    }
    await this.audit.record(transaction, {
      ...actedBy(by),
      action: 'subject_export',
      detail: {
        tickets: [...cases, ...shared].map(({ ticket }) => ticket.id),
        fields: fieldsOf(cases, shared),
      },
    });
    return { exportedAt: transaction.now, cases, shared, isCut: tickets.length > mostTickets };
  }

  private async trailOf(
    { cases, exportedAt }: Omit<SubjectHolding, 'trail'>,
    before: TimedKey | undefined,
  ): Promise<TicketTrailPage> {
    const tree = await this.offices.tree();
    const handlers = new Set(cases.flatMap(handlersOf));
    return this.trails.page({
      tickets: cases.map(({ ticket }) => ticket.id),
      offices: [
        ...new Set([...handlers].flatMap((id) => [id, ...tree.above(id).map((office) => office.id)])),
      ],
      from: new Date(Math.min(...cases.map(({ ticket }) => ticket.receivedAt.getTime()))),
      // The row of this export is a part of it.
      until: new Date(exportedAt.getTime() + 1),
      before,
      limit: trailPage,
    });
  }
}

/** The offices that had the ticket in their lists: those that handle it, handled it before, or take part. */
function handlersOf({ ticket, history, participants }: TicketContents): Id[] {
  const handedOver = history
    .filter(({ kind }) => kind === 'transferred')
    .flatMap(({ data }) => data?.['from']);
  return [
    ticket.officeId,
    ...handedOver.filter((id) => typeof id === 'string'),
    ...participants.map(({ officeId }) => officeId),
  ];
}

/** The names of the fields that are shown in full, for the audit. */
function fieldsOf(cases: readonly TicketContents[], shared: readonly SharedTicket[]): string[] {
  const stated = [...cases, ...shared].flatMap(({ statements }) => statements);
  const escalated = cases.flatMap(({ escalations }) => escalations);
  const receipts = escalated.flatMap(({ handoffs }) => handoffs.flatMap(({ receipt }) => receipt ?? []));
  return [
    ...new Set([
      ...stated.flatMap(({ values, text }) => [
        ...(values ? statedFields(values) : []),
        ...(text === null ? [] : ['note']),
      ]),
      ...(escalated.some(({ note }) => note !== null) ? ['escalation.note'] : []),
      ...(receipts.length > 0 ? ['handoff.receipt'] : []),
    ]),
  ];
}
