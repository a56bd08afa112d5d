import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PersonChannel } from '../channels';
import { WhatsAppPace } from '../whatsapp/whatsapp-pace';
import { WhatsAppWindows } from '../whatsapp/whatsapp-windows';
import type { Driver } from './driver';
import { LogDriver } from './log-driver';
import { Smtp } from './smtp';
import { WhatsAppCloud } from './whatsapp-cloud';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { BlindIndex } from '@sinkron/database';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** How each channel (channels.ts) leaves, as the configuration says. */
@Injectable()
export class Drivers implements OnApplicationShutdown {
  private readonly drivers: Readonly<Record<PersonChannel, Driver | null>>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(REDIS) private readonly redis: Redis,
    private readonly index: BlindIndex,
    private readonly windows: WhatsAppWindows,
  ) {
    this.drivers = { whatsapp: this.whatsapp(), email: this.email() };
  }

  /** Null for a channel that is off. */
  of(channel: PersonChannel): Driver | null {
    return this.drivers[channel];
  }

  onApplicationShutdown(): void {
    if (this.drivers.email instanceof Smtp) this.drivers.email.close();
  }

  private whatsapp(): Driver | null {
    const { messaging, durations } = this.config;
    switch (messaging.whatsapp.driver) {
      case 'off':
        return null;
      case 'log':
        return new LogDriver(this.logger, 'whatsapp');
      case 'cloud': {
        const pace = new WhatsAppPace(this.redis, this.index, messaging.whatsapp);
        return new WhatsAppCloud(messaging.whatsapp, durations.deliveryTimeout, this.windows, pace);
      }
    }
  }

  private email(): Driver | null {
    const { messaging, durations, publicUrl } = this.config;
    switch (messaging.email.driver) {
      case 'off':
        return null;
      case 'log':
        return new LogDriver(this.logger, 'email');
      case 'smtp':
        return new Smtp({ ...messaging.email, publicUrl }, durations.deliveryTimeout);
    }
  }
}
