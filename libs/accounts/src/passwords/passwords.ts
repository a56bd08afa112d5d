import { Injectable } from '@nestjs/common';
import { type HashOptions, argon2id, hash, verify } from 'argon2';
import type { OfficerIdentity } from '../officers/officer';
import { weakness } from './password-strength';
import { randomGroups } from './random-groups';
import { Turns } from './turns';
import { invalid } from '@sinkron/observability';

/**
 * OWASP's least for argon2id: 19 MiB, two passes, one lane, with the package's 16 random bytes of salt and 32 bytes of
 * hash. It takes 30–150 ms, so at sign-in only. The stored text names its parameters: raising them here makes no
 * stored hash invalid (ADR 12).
 */
const cost: HashOptions = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Two of libuv's four threads: sign-ins, however many, leave the others to the rest of the process. */
const bounds = { atOnce: 2, waitingOfOne: 100, waiting: 400 };

/** Those who are signed in already, and what this service itself makes. */
const ourselves = 'signed-in';

/** Hashes and compares passwords, a few at a time. */
@Injectable()
export class Passwords {
  private readonly turns = new Turns(bounds);
  private nobodysHash: Promise<string> | null = null;

  /**
   * The hash of a password that somebody chose.
   * @throws Problem `invalid` for one that is easy to guess, `unavailable` when too many wait
   */
  async hashChosen(password: string, { email, name }: OfficerIdentity): Promise<string> {
    const weak = await weakness(password, [email, name]);
    if (weak) throw invalid([weak]);
    return this.hash(password);
  }

  /** The hash of a password that was made here. @throws Problem `unavailable` when too many wait */
  hash(password: string): Promise<string> {
    return this.turns.take(ourselves, () => hash(normal(password), cost));
  }

  /**
   * Does the password fit? Without a hash (nobody has this address) the same work is done for a no, so that the time
   * of the answer does not tell who has an account.
   * @param party who waits in turn with the other parties
   * @throws Problem `unavailable` when too many wait
   */
  async fits(password: string, passwordHash: string | null, party = ourselves): Promise<boolean> {
    this.nobodysHash ??= hash(generatePassword(), cost);
    const against = passwordHash ?? (await this.nobodysHash);
    const fits = await this.turns.take(party, () => verify(against, normal(password)));
    return fits && passwordHash !== null;
  }
}

/** 20 random characters (99 bits) in groups of four. */
export function generatePassword(): string {
  return randomGroups(5);
}

/** The same password typed on another keyboard may arrive composed differently. */
function normal(password: string): string {
  return password.normalize('NFC');
}
