import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { CONFIG, LOGGER } from '@sinkron/queue';
import { Checkpoints } from '@sinkron/trail';
import type { Logger } from 'pino';

/** Beside the sweep's timer, not in it: a checkpoint of many rows must not hold up due work. */
@Injectable()
export class CheckpointTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private pass: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly checkpoints: Checkpoints,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  /** Before the pool closes. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.pass;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.pass = this.run().finally(() => this.next());
    }, this.config.durations.checkpoint);
  }

  private async run(): Promise<void> {
    try {
      await this.checkpoints.make();
    } catch (error) {
      this.logger.error(
        { err: error },
        'A checkpoint could not be made; the next one covers what it would have',
      );
    }
  }
}
