import { Inject, Injectable } from '@nestjs/common';
import { contestEnd } from '../model/deadlines';
import type { Applicant } from '../model/applicant';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import type { DocumentKind } from '../model/vocabulary';
import { addressesOf, applicantOf } from './notice-channels';
import { documentsInWords, inBothLanguages, whereAgain } from './notice-words';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import {
  consentedTo,
  type Notice,
  type NoticeTemplate,
  Outbox,
  type PersonChannel,
  type ValuesOf,
  WaitingNotices,
} from '@sinkron/messaging';
import { findOffice, type Office } from '@sinkron/offices';

/** By what an applicant wants to be told, where, and by which office. */
interface Reach {
  channels: readonly PersonChannel[];
  applicant: Applicant;
  office: Pick<Office, 'name' | 'zone'>;
}

/** A notice with the values of its own template. */
type Worded = {
  [Name in NoticeTemplate]: Pick<Notice, 'once' | 'dueAt'> & { template: Name; variables: ValuesOf<Name> };
}[NoticeTemplate];

/** What applicants are told of their tickets: each message is made in the transaction of what it tells. */
@Injectable()
export class TicketNotices {
  constructor(
    private readonly outbox: Outbox,
    private readonly waiting: WaitingNotices,
    private readonly statements: Statements,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The complaint was taken, of a ticket that is made with consent. */
  received(transaction: Transaction, ticket: Ticket, reach: Reach): Promise<void> {
    const { id, code, dueAt } = ticket;
    const { name, zone } = reach.office;
    const variables = { office: name, code, dueAt: inBothLanguages(dueAt, zone), checkAt: this.checkAt };
    return this.tell(transaction, ticket, reach, {
      once: ['received', id],
      template: 'notice_received',
      variables,
    });
  }

  /** The ticket rests until these are brought; once for each time that it does. */
  async needsDocuments(
    transaction: Transaction,
    ticket: Ticket,
    missing: readonly DocumentKind[],
  ): Promise<void> {
    const once = ['documents', ticket.id, ticket.seq];
    const template = 'notice_documents';
    const reach = await this.reach(transaction, ticket);
    if (!reach) return this.unwanted(transaction, ticket, { once, template });
    const { code } = ticket;
    const variables = { code, documents: documentsInWords(missing), office: reach.office.name };
    await this.tell(transaction, ticket, reach, { once, template, variables });
  }

  /** It is done, once for each round; and before the time to contest it ends, a reminder. */
  async resolved(transaction: Transaction, ticket: Ticket): Promise<void> {
    const { id, code, round, purpose } = ticket;
    const once = ['resolved', id, round];
    const template = 'notice_resolved';
    const reach = await this.reach(transaction, ticket);
    if (!reach) return this.unwanted(transaction, ticket, { once, template });
    const end = contestEnd(transaction.now, this.config.durations);
    const { checkAt } = this;
    const until = inBothLanguages(end, reach.office.zone);
    const variables = { code, where: whereAgain[purpose], checkAt, until };
    await this.tell(transaction, ticket, reach, { once, template, variables });
    await this.tell(transaction, ticket, reach, {
      once: ['contest', id, round],
      template: 'notice_contest',
      variables: { code, checkAt, until },
      dueAt: new Date(end.getTime() - this.config.durations.contestReminder),
    });
  }

  /** These are not true any more, or not needed: what has not left yet stays here. */
  overtake(transaction: Transaction, { id }: Ticket, ...templates: NoticeTemplate[]): Promise<void> {
    return this.waiting.cancel(transaction, applicantOf(id), templates);
  }

  private get checkAt(): string {
    return `${this.config.publicUrl}/cek`;
  }

  /** @returns null when the applicant does not want to be told */
  private async reach(transaction: Transaction, ticket: Ticket): Promise<Reach | null> {
    const channels = await consentedTo(transaction, applicantOf(ticket.id));
    if (channels.length === 0) return null;
    const { applicant } = await this.statements.read(transaction, ticket.statementId);
    // The tree of offices may need a connection of its own, and this one is held.
    const office = await findOffice(transaction, ticket.officeId);
    if (!office) throw new Error('A ticket has no office');
    return { channels, applicant, office };
  }

  private tell(
    transaction: Transaction,
    { id, officeId }: Ticket,
    { channels, applicant }: Reach,
    notice: Worded,
  ): Promise<void> {
    const to = addressesOf(applicant);
    const recipient = applicantOf(id);
    return this.outbox.sendNotice(transaction, { ...notice, recipient, officeId, to, channels });
  }

  private unwanted(
    transaction: Transaction,
    { id, officeId }: Ticket,
    notice: Pick<Notice, 'once' | 'template'>,
  ): Promise<void> {
    const recipient = applicantOf(id);
    return this.outbox.recordUnsent(transaction, { ...notice, recipient, officeId }, 'no_consent');
  }
}
