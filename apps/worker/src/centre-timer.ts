import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { CONFIG, LOGGER } from '@sinkron/queue';
import { CentreWatch } from '@sinkron/resync';
import type { Logger } from 'pino';
import { Repetition } from './repetition';

/** Looks again and again at how the centre is doing. */
@Injectable()
export class CentreTimer implements OnApplicationBootstrap {
  private readonly repetition: Repetition;

  constructor(
    private readonly watch: CentreWatch,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.repetition = new Repetition(() => this.run(), config.durations.centreWatch);
  }

  onApplicationBootstrap(): void {
    this.repetition.start();
  }

  stop(): Promise<void> {
    return this.repetition.stop();
  }

  private async run(): Promise<void> {
    try {
      await this.watch.pass();
    } catch (error) {
      this.logger.error({ err: error }, 'The centre was not looked at; it is looked at again');
    }
  }
}
