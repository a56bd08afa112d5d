import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { CONFIG, LOGGER } from '@sinkron/queue';
import { LagRefresh } from '@sinkron/resync';
import type { Logger } from 'pino';
import { Repetition } from './repetition';

/** Learns the lag anew, beside the sweep: its figures may be a minute old, and offers must not wait for them. */
@Injectable()
export class LagTimer implements OnApplicationBootstrap {
  private readonly repetition: Repetition;

  constructor(
    private readonly refresh: LagRefresh,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.repetition = new Repetition(() => this.run(), config.durations.lagRefresh);
  }

  onApplicationBootstrap(): void {
    this.repetition.start();
  }

  stop(): Promise<void> {
    return this.repetition.stop();
  }

  private async run(): Promise<void> {
    try {
      await this.refresh.pass();
    } catch (error) {
      this.logger.error({ err: error }, 'The lag was not learned anew; the last estimate stands');
    }
  }
}
