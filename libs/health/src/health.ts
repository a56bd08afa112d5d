import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CheckName, checks, type Finding } from './checks';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** The checks without which a process must not be given work; the others only degrade it. */
export const NEEDS = Symbol('needs');

export const readinessStates = ['ready', 'degraded', 'unavailable'] as const;
export const durationNames = ['production', 'demo durations', 'custom durations'] as const;

export interface Readiness {
  status: (typeof readinessStates)[number];
  /** Stated, so that nobody takes the durations of a demo for the real ones. */
  durations: (typeof durationNames)[number];
  checks: Record<CheckName, Finding>;
}

const durationsOf: Record<Config['durationProfile'], Readiness['durations']> = {
  production: 'production',
  demo: 'demo durations',
  custom: 'custom durations',
};

/** Milliseconds that Redis is given to connect while the process starts. */
const connecting = 2_000;

/** Checks what the process depends on. */
@Injectable()
export class Health implements OnApplicationBootstrap {
  private running: Promise<Readiness> | undefined;

  constructor(
    private readonly transactions: Transactions,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(NEEDS) private readonly needs: readonly CheckName[],
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Logs at the start what is not in order, above all a Redis that may throw jobs away. */
  onApplicationBootstrap(): void {
    setTimeout(() => void this.warn(), connecting).unref();
  }

  /** Requests that come while the checks run share their result, so that asking often costs the database nothing. */
  readiness(): Promise<Readiness> {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async warn(): Promise<void> {
    const { status, checks: found } = await this.readiness();
    if (status !== 'ready') this.logger.warn({ status, checks: found }, 'not everything is in order');
  }

  private async run(): Promise<Readiness> {
    const named = Object.entries(checks(this.transactions, this.redis, this.config.durations));
    const found = Object.fromEntries(
      await Promise.all(named.map(async ([name, check]) => [name, await check()])),
    ) as Record<CheckName, Finding>;
    return {
      status: judge(found, this.needs),
      durations: durationsOf[this.config.durationProfile],
      checks: found,
    };
  }
}

/** `unavailable` when a needed check fails, `degraded` when another one does. */
export function judge(found: Record<CheckName, Finding>, needs: readonly CheckName[]): Readiness['status'] {
  if (needs.some((name) => found[name].status !== 'ok')) return 'unavailable';
  return Object.values(found).every(({ status }) => status === 'ok') ? 'ready' : 'degraded';
}
