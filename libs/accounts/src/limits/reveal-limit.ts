import { Inject, Injectable } from '@nestjs/common';
import type { OfficerActor } from '../permissions/actor';
import { Limit } from './limit';
import { Audit, actedBy } from '@sinkron/audit';
import { Problem } from '@sinkron/observability';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

const hour = 60 * 60;
/** More than a counter needs, far less than a copy of the desk would take. */
const perHour = 30;

/** Lets an officer see full identities so often an hour: what the work needs, and not a whole desk in an evening. */
@Injectable()
export class RevealLimit {
  private readonly limit: Limit;

  constructor(
    @Inject(REDIS) redis: Redis,
    private readonly audit: Audit,
  ) {
    this.limit = new Limit(redis, 'reveal', { points: perHour, seconds: hour });
  }

  /**
   * Counts one more, before it is known whether there is anything to show; a refusal is audited.
   * @throws Problem `too_many` with `Retry-After`
   */
  async enter(by: OfficerActor): Promise<void> {
    const { over, wait } = await this.limit.take(by.officerId);
    if (!over) return;
    await this.audit.read({ ...actedBy(by), action: 'reveal_refused', detail: { limit: perHour } });
    throw tooMany(wait);
  }
}

function tooMany(wait: number): Problem {
  const minutes = Math.ceil(wait / 60);
  return new Problem(
    'too_many',
    {
      id: `Data lengkap boleh dibuka ${perHour} kali per jam. Coba lagi sekitar ${minutes} menit lagi.`,
      en: `Full values may be seen ${perHour} times an hour. Try again in about ${minutes} minutes.`,
    },
    [],
    wait,
  );
}
