import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import type { Logger } from 'pino';

/** Calls a watcher outside the product as long as the worker works, so that its silence is noticed. */
@Injectable()
export class Heartbeat {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never throws: a watcher that does not answer must not stop the worker. */
  async send(): Promise<void> {
    const { heartbeatUrl } = this.config.messaging;
    if (heartbeatUrl === null) return;
    try {
      const signal = AbortSignal.timeout(this.config.durations.deliveryTimeout);
      const answer = await fetch(heartbeatUrl, { redirect: 'manual', signal });
      await answer.body?.cancel();
      if (!answer.ok) this.logger.warn({ status: answer.status }, 'The heartbeat was not taken');
    } catch (error) {
      this.logger.warn({ reason: (error as Error).name }, 'The heartbeat reached nobody');
    }
  }
}
