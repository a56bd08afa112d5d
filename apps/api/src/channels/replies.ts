import { Inject, Injectable } from '@nestjs/common';
import { Limit } from '@sinkron/accounts';
import { BlindIndex, Transactions } from '@sinkron/database';
import { Acknowledgements, type AskedEscalation, subjectText } from '@sinkron/escalation';
import { localTime, type Zone } from '@sinkron/identity';
import { type CloudMessage, type Notice, Outbox } from '@sinkron/messaging';
import { OfficeDirectory } from '@sinkron/offices';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

/** `AMBIL 4821`, as an officer types it on a phone; the code alone will do. */
const take = /^(?:ambil)? ?#? ?(\d{4}) ?[.!]?$/i;
/** Whatever is longer is no code. */
const longest = 40;

/** Milliseconds after which a message is not an answer any more; WhatsApp brings some of them days late. */
const fresh = 15 * 60_000;

/** Codes that one number may try in a quarter of an hour. */
const attempts = { points: 20, seconds: 900 };

/** What officers write to our WhatsApp number: the code of a message takes what the message asked, and is answered. */
@Injectable()
export class Replies {
  private readonly limit: Limit;

  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficeDirectory,
    private readonly index: BlindIndex,
    private readonly acknowledgements: Acknowledgements,
    private readonly outbox: Outbox,
    @Inject(REDIS) redis: Redis,
  ) {
    this.limit = new Limit(redis, 'reply-codes', attempts);
  }

  /** A message that is no code, or comes late, is left alone; a sender who hides the number cannot be known by it. */
  async take({ from, text, id, at }: CloudMessage): Promise<void> {
    const code = codeIn(text ?? '');
    if (!from || code === undefined) return;
    const { over } = await this.limit.take(this.index.digest('reply.phone', from).toString('hex'));
    if (over) return;
    const tree = await this.offices.tree();
    await this.transactions.run(async (transaction) => {
      if (transaction.now.getTime() - at.getTime() > fresh) return;
      // WhatsApp tells a message again, perhaps when somebody else has given back what it took.
      if (await this.outbox.wasMade(transaction, ['reply', id])) return;
      const taken = await this.acknowledgements.byReply(transaction, tree, from, code);
      await this.outbox.sendNotice(transaction, {
        once: ['reply', id],
        ...(taken ? answer(code, taken.escalations, taken.zone) : nothing(code)),
        recipient: null,
        officeId: null,
        to: { whatsapp: from },
        channels: ['whatsapp'],
      });
    });
  }
}

type Words = Pick<Notice, 'template' | 'variables'>;

function nothing(code: string): Words {
  return { template: 'reply_nothing', variables: { code } };
}

function answer(code: string, asked: AskedEscalation[], zone: Zone): Words {
  const acknowledged = asked.filter(({ state }) => state === 'yours').map(({ escalation }) => escalation);
  const until = acknowledged[0]?.heldUntil;
  if (!until) return nothing(code);
  const named = acknowledged.map(subjectText);
  const subjects = { id: named.map(({ id }) => id).join(', '), en: named.map(({ en }) => en).join(', ') };
  return {
    template: 'reply_taken',
    variables: { subjects, until: { id: localTime(until, zone), en: localTime(until, zone, 'en') } },
  };
}

function codeIn(text: string): string | undefined {
  if (text.length > longest) return undefined;
  return take.exec(text.trim().replace(/\s+/g, ' '))?.[1];
}
