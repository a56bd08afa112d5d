import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CheckName, checks, type Finding } from './checks';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** The checks without which a process must not be given work; the others only degrade it. */
export const NEEDS = Symbol('needs');

export interface Readiness {
  status: 'ready' | 'degraded' | 'unavailable';
  /** Said aloud, so that nobody takes a demo's clock for the real one. */
  durations: 'production' | 'demo durations' | 'custom durations';
  checks: Record<CheckName, Finding>;
}

const durationWords = {
  production: 'production',
  demo: 'demo durations',
  custom: 'custom durations',
} as const;

/** Redis connects while the process starts. */
const connecting = 2_000;

/** Looks at what the process stands on. */
@Injectable()
export class Health implements OnApplicationBootstrap {
  private looking: Promise<Readiness> | undefined;

  constructor(
    private readonly transactions: Transactions,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(NEEDS) private readonly needs: readonly CheckName[],
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Says at the start what is not in order, above all a Redis that may throw jobs away; nobody waits for it. */
  onApplicationBootstrap(): void {
    setTimeout(() => void this.warn(), connecting).unref();
  }

  /** One look at a time: askers who come meanwhile share it, so that asking often costs the database nothing. */
  readiness(): Promise<Readiness> {
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async warn(): Promise<void> {
    const { status, checks: found } = await this.readiness();
    if (status !== 'ready') this.logger.warn({ status, checks: found }, 'not everything is in order');
  }

  private async look(): Promise<Readiness> {
    const named = Object.entries(checks(this.transactions, this.redis, this.config.durations));
    const found = Object.fromEntries(
      await Promise.all(named.map(async ([name, check]) => [name, await check()])),
    ) as Record<CheckName, Finding>;
    return {
      status: judge(found, this.needs),
      durations: durationWords[this.config.durationProfile],
      checks: found,
    };
  }
}

/** `unavailable` when a needed check fails, `degraded` when another one does. */
export function judge(found: Record<CheckName, Finding>, needs: readonly CheckName[]): Readiness['status'] {
  if (needs.some((name) => found[name].status !== 'ok')) return 'unavailable';
  return Object.values(found).every(({ status }) => status === 'ok') ? 'ready' : 'degraded';
}
