import { Inject, Injectable } from '@nestjs/common';
import { plainTicketCode } from '../model/code';
import { InOrder } from './in-order';
import { Limit, networkOf } from '@sinkron/accounts';
import { BlindIndex } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

const wrongPerCode = { points: 5, seconds: 15 * 60 };
/** A mobile network's one address holds thousands of phones. */
const checksPerNetwork = { points: 300, seconds: 60 };
/** With less than half of its signs nothing is a code. */
const fewestSigns = 6;

/**
 * Slows guessing of birth dates: five wrong answers for a code, real or not, close it to right and wrong alike until
 * 15 minutes after the first; and a network may ask 300 times a minute. Counted in Redis, and in this process alone
 * while Redis is away.
 */
@Injectable()
export class StatusLimit {
  private readonly codes: Limit;
  private readonly networks: Limit;
  private readonly turns = new InOrder();

  constructor(
    @Inject(REDIS) redis: Redis,
    private readonly index: BlindIndex,
  ) {
    this.codes = new Limit(redis, 'status-check:code', wrongPerCode);
    this.networks = new Limit(redis, 'status-check:network', checksPerNetwork);
  }

  /**
   * Has an attempt judged, and counts it if the answer is null. It counts before it is judged, so that many at once are
   * not all the first, and those of one code take turns, so that right ones at once do not use up its five. What
   * could not be judged does not count.
   * @throws Problem `too_many` with `Retry-After`; what `judge` threw
   */
  async judge<T>(code: string, address: string, judge: () => Promise<T | null>): Promise<T | null> {
    await take(this.networks, networkOf(address));
    const key = this.keyOf(code);
    return this.turns.take(key, async () => {
      await take(this.codes, key);
      let wrong = false;
      try {
        const found = await judge();
        wrong = found === null;
        return found;
      } finally {
        if (!wrong) await this.codes.giveBack(key);
      }
    });
  }

  /** A code in any spelling is one code, and Redis never sees it. */
  private keyOf(code: string): string {
    return this.index.digest('status-check.code', oneSpelling(code)).toString('base64url');
  }
}

/** Of words and signs that are no code little may be left, which is no reason for one to be counted with another. */
function oneSpelling(code: string): string {
  const plain = plainTicketCode(code);
  return plain.length < fewestSigns ? code : plain;
}

async function take(limit: Limit, key: string): Promise<void> {
  const { over, wait } = await limit.take(key);
  if (over) throw tooMany(wait);
}

function tooMany(wait: number): Problem {
  const minutes = Math.ceil(wait / 60);
  return new Problem(
    'too_many',
    {
      id: `Terlalu banyak percobaan. Coba lagi sekitar ${minutes} menit lagi.`,
      en: `Too many attempts. Try again in about ${minutes} minutes.`,
    },
    [],
    wait,
  );
}
