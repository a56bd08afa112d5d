import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Limit } from '@sinkron/access';
import { Transactions } from '@sinkron/database';
import { Acknowledgements, type Asked } from '@sinkron/escalation';
import { localTime } from '@sinkron/identity';
import { type CloudMessage, type Notice, Outbox } from '@sinkron/messaging';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

/** `AMBIL 4821`, as an officer types it on a phone; the code alone will do. */
const take = /^(?:ambil)? ?#? ?(\d{4}) ?[.!]?$/i;
/** Whatever is longer is no code. */
const longest = 40;

/** Codes that one number may try in a quarter of an hour. */
const attempts = { points: 20, seconds: 900 };

/** What officers write to our WhatsApp number: the code of a message takes what the message asked, and is answered. */
@Injectable()
export class Replies {
  private readonly limit: Limit;

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Acknowledgements) private readonly acknowledgements: Acknowledgements,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(REDIS) redis: Redis,
  ) {
    this.limit = new Limit(redis, 'reply-codes', attempts);
  }

  /** A message that is no code is left alone; a sender who hides the number cannot be known by it. */
  async take({ from, text, id }: CloudMessage): Promise<void> {
    const code = codeIn(text ?? '');
    if (!from || code === undefined) return;
    const { over } = await this.limit.take(createHash('sha256').update(from).digest('hex'));
    if (over) return;
    const asked = await this.acknowledgements.byReply(from, code);
    await this.answer(from, id, code, asked ?? []);
  }

  /** Once for each message, however often WhatsApp tells it. */
  private async answer(phone: string, messageId: string, code: string, asked: Asked[]): Promise<void> {
    const taken = asked.filter(({ standing }) => standing === 'yours').map(({ escalation }) => escalation);
    const until = taken[0]?.heldUntil;
    const words: Pick<Notice, 'template' | 'variables'> = until
      ? {
          template: 'reply_taken',
          variables: {
            subjects: taken.map(({ ticketCode, incident }) => ticketCode ?? incident ?? '').join(', '),
            until: localTime(until, 'Asia/Jakarta'),
          },
        }
      : { template: 'reply_nothing', variables: { code } };
    await this.transactions.run((transaction) =>
      this.outbox.notice(transaction, {
        once: ['reply', messageId],
        ...words,
        ticketId: null,
        officeId: null,
        to: { whatsapp: phone },
        channels: ['whatsapp'],
      }),
    );
  }
}

function codeIn(text: string): string | undefined {
  if (text.length > longest) return undefined;
  return take.exec(text.trim().replace(/\s+/g, ' '))?.[1];
}
