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

/**
 * Slows guessing without ever locking anybody out. After ten failures in 15 minutes an account, real or not, takes
 * one attempt in 30 seconds from each network, so that whoever guesses cannot use up the owner's attempts. A network
 * with a hundred failures over all accounts waits for the end of its 15 minutes. One-time codes have six digits only,
 * so an account takes ten of them in 15 minutes from everywhere together: whoever could keep its owner out by that
 * knows the password. Counted in Redis, and in this process alone while Redis is away.
 */
@Injectable()
export class SignInLimit {
  private readonly networks: Limit;
  private readonly accounts: Limit;
  private readonly slow: Limit;
  private readonly codes: Limit;

  constructor(@Inject(REDIS) redis: Redis) {
    this.networks = new Limit(redis, 'sign-in:network', { points: failuresPerNetwork, seconds: window });
    this.accounts = new Limit(redis, 'sign-in:account', { points: failuresPerAccount, seconds: window });
    this.slow = new Limit(redis, 'sign-in:slow', { points: 1, seconds: slowInterval });
    this.codes = new Limit(redis, 'sign-in:code', { points: codesPerAccount, seconds: window });
  }

  /**
   * Counts an attempt before it is made, so that many at once are not all the first.
   * @param account a digest; never the address itself
   * @throws Problem `too_many` with `Retry-After`
   */
  async enter(account: string, address: string): Promise<void> {
    const network = networkOf(address);
    const fromNetwork = await this.networks.take(network);
    if (fromNetwork.over) throw tooMany(fromNetwork.wait);
    const onAccount = await this.accounts.take(account);
    if (onAccount.count < failuresPerAccount) return;
    // The last free attempt takes the first slow place, so that the one after it has to wait already.
    const place = await this.slow.take(`${account}:${network}`);
    if (onAccount.over && place.over) throw tooMany(place.wait);
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

  /** The attempt was right: what was counted against this account and this attempt is forgotten. */
  async succeeded(account: string, address: string): Promise<void> {
    const network = networkOf(address);
    await Promise.all([
      this.accounts.forget(account),
      this.slow.forget(`${account}:${network}`),
      this.networks.giveBack(network),
    ]);
  }
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
