import type { Logger } from 'pino';
import type { PersonChannel } from '../channels';
import type { Attempt, Driver, OutboundMessage } from './driver';

/** For development: writes messages to the log instead of sending them. Their links work, so never in production. */
export class LogDriver implements Driver {
  constructor(
    private readonly logger: Logger,
    private readonly channel: PersonChannel,
  ) {}

  send({ id, text }: OutboundMessage): Promise<Attempt> {
    this.logger.info({ delivery: id, channel: this.channel }, text.id);
    return Promise.resolve({ end: 'sent', providerId: null });
  }
}
