import { Inject, Injectable } from '@nestjs/common';
import type { Command, LineMessage } from './command';
import { Limit } from '@sinkron/accounts';
import { BlindIndex, Transactions } from '@sinkron/database';
import { Acknowledgements, type AskedEscalation, subjectText } from '@sinkron/escalation';
import { localTime, type Zone } from '@sinkron/identity';
import { type Notice, Outbox } from '@sinkron/messaging';
import { OfficeDirectory } from '@sinkron/offices';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

/** Milliseconds after which a message does not answer a question any more; WhatsApp brings some of them days late. */
const fresh = 15 * 60_000;

/** Codes that one number may try in a quarter of an hour. */
const attempts = { points: 20, seconds: 900 };

type Answer = Pick<Notice, 'template' | 'variables'>;

/** `AMBIL <code>`: an officer takes the escalations that the message with this code asked about. */
@Injectable()
export class TakeEscalation implements Command {
  /** `AMBIL 4821`, as an officer types it on a phone; the code alone will do. */
  readonly pattern = /^(?:ambil)? ?#? ?(\d{4}) ?[.!]?$/i;

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

  /** A message that comes late, or from a number that has tried too many codes, is not answered. */
  async perform({ id, from, at }: LineMessage, [code = '']: readonly string[]): Promise<void> {
    const { over } = await this.limit.take(this.index.digest('reply.phone', from).toString('hex'));
    if (over) return;
    const tree = await this.offices.tree();
    await this.transactions.run(async (transaction) => {
      if (transaction.now.getTime() - at.getTime() > fresh) return;
      // WhatsApp repeats a message, perhaps after the officer has given back what it took.
      if (await this.outbox.wasMade(transaction, ['reply', id])) return;
      const taken = await this.acknowledgements.byReply(transaction, tree, from, code);
      await this.outbox.sendNotice(transaction, {
        once: ['reply', id],
        ...(taken ? answerTo(code, taken.escalations, taken.zone) : invalidCode(code)),
        recipient: null,
        officeId: null,
        to: { whatsapp: from },
        channels: ['whatsapp'],
      });
    });
  }
}

function invalidCode(code: string): Answer {
  return { template: 'reply_nothing', variables: { code } };
}

function answerTo(code: string, asked: AskedEscalation[], zone: Zone): Answer {
  const taken = asked.filter(({ state }) => state === 'yours').map(({ escalation }) => escalation);
  const until = taken[0]?.heldUntil;
  if (!until) return invalidCode(code);
  const named = taken.map(subjectText);
  const subjects = { id: named.map(({ id }) => id).join(', '), en: named.map(({ en }) => en).join(', ') };
  return {
    template: 'reply_taken',
    variables: { subjects, until: { id: localTime(until, zone), en: localTime(until, zone, 'en') } },
  };
}
