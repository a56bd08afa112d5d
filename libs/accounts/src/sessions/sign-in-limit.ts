import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Limit } from '../limits/limit';
import { networkOf } from '../limits/network';
import { Problem } from '@sinkron/observability';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

const window = 15 * 60;
const failuresPerAccount = 10;
const failuresPerNetwork = 100;
const slowInterval = 30;
const codesPerAccount = 10;
/** So long it is known from which networks an account was signed in to. */
const familiarity = 14 * 24 * 3_600;

/**
 * Slows guessing without ever locking anybody out. After ten failures in 15 minutes an account, real or not, takes
 * one attempt in 30 seconds from each network, so that whoever guesses cannot use up the owner's attempts. A network
 * with a hundred failures over all accounts waits for the end of its 15 minutes, but not the accounts that were signed
 * in to from it in the last two weeks: an office behind one address is not shut out by whoever fails there. One-time codes have six digits only,
 * so an account takes ten of them in 15 minutes from everywhere together: whoever could keep its owner out by that
 * knows the password. Counted in Redis, and in this process alone while Redis is away.
 */
@Injectable()
export class SignInLimit {
  private readonly networks: Limit;
  private readonly familiar: Limit;
  private readonly accounts: Limit;
  private readonly slow: Limit;
  private readonly codes: Limit;

  constructor(@Inject(REDIS) redis: Redis) {
    this.networks = new Limit(redis, 'sign-in:network', { points: failuresPerNetwork, seconds: window });
    this.familiar = new Limit(redis, 'sign-in:familiar', { points: 1, seconds: familiarity });
    this.accounts = new Limit(redis, 'sign-in:account', { points: failuresPerAccount, seconds: window });
    this.slow = new Limit(redis, 'sign-in:slow', { points: 1, seconds: slowInterval });
    this.codes = new Limit(redis, 'sign-in:code', { points: codesPerAccount, seconds: window });
  }

  /**
   * Counts an attempt before it is made, so that many at once are not all the first.
   * @param account a digest; never the address itself
   * @returns with whom the attempt waits for its password to be checked: those of its network, or nobody
   * @throws Problem `too_many` with `Retry-After`
   */
  async enter(account: string, address: string): Promise<string> {
    const network = networkOf(address);
    const [isFamiliar, fromNetwork] = await Promise.all([
      this.familiar.has(pairOf(account, network)),
      this.networks.take(network),
    ]);
    if (fromNetwork.over && !isFamiliar) throw tooMany(fromNetwork.wait);
    const onAccount = await this.accounts.take(account);
    const party = isFamiliar ? pairOf(account, network) : network;
    if (onAccount.count < failuresPerAccount) return party;
    // The last free attempt takes the first slow place, so that the one after it has to wait already.
    const place = await this.slow.take(`${account}:${network}`);
    if (onAccount.over && place.over) throw tooMany(place.wait);
    return party;
  }

  /** Counts a one-time code before it is judged. @throws Problem `too_many` with `Retry-After` */
  async enterCode(account: string): Promise<void> {
    const onAccount = await this.codes.take(account);
    if (onAccount.over) throw tooMany(onAccount.wait);
  }

  /** The code was right: what was counted against this account is forgotten. */
  async provedByCode(account: string): Promise<void> {
    await this.codes.forget(account);
  }

  /** The attempt was right: what was counted against this account and this attempt is forgotten; its network is familiar. */
  async succeeded(account: string, address: string): Promise<void> {
    const network = networkOf(address);
    await Promise.all([
      this.accounts.forget(account),
      this.slow.forget(`${account}:${network}`),
      this.networks.giveBack(network),
      this.meet(pairOf(account, network)),
    ]);
  }

  /** What could not be judged was no failure: an outage shuts nobody out who tries until it is over. */
  async notJudged(account: string, address: string, { code }: { code: boolean }): Promise<void> {
    const network = networkOf(address);
    await Promise.all([
      this.accounts.giveBack(account),
      this.slow.forget(`${account}:${network}`),
      this.networks.giveBack(network),
      ...(code ? [this.codes.giveBack(account)] : []),
    ]);
  }

  /** Anew each time: two weeks from the last sign-in. */
  private async meet(pair: string): Promise<void> {
    await this.familiar.forget(pair);
    await this.familiar.take(pair);
  }
}

/** One value for both: that somebody was at a network is not to be read from Redis. */
function pairOf(account: string, network: string): string {
  return createHash('sha256').update(`${account}:${network}`).digest('hex');
}

function tooMany(wait: number): Problem {
  return new Problem(
    'too_many',
    {
      id: `Terlalu banyak percobaan masuk yang gagal. Coba lagi ${wait} detik lagi.`,
      en: `Too many failed sign-ins. Try again in ${wait} seconds.`,
    },
    [],
    wait,
  );
}
