import { Limit } from '@sinkron/accounts';
import type { BlindIndex } from '@sinkron/database';
import type { Redis } from 'ioredis';

/** The name of the digest under which a number's messages are counted; it lies in Redis for seconds only. */
const paceIndex = 'whatsapp_pace.phone';

/**
 * How fast WhatsApp lets us write: to one user, and from our number to everybody. Counted for all workers together, so
 * that WhatsApp need not throttle us, which counts against the number.
 */
export class WhatsAppPace {
  private readonly user: Limit;
  private readonly number: Limit;

  /** @param rate messages a second; @param userSeconds between two messages to one user */
  constructor(
    redis: Redis,
    private readonly index: BlindIndex,
    private readonly options: { phoneNumberId: string; rate: number; userSeconds: number },
  ) {
    this.user = new Limit(redis, 'whatsapp:user', { points: 1, seconds: options.userSeconds });
    this.number = new Limit(redis, 'whatsapp:number', { points: options.rate, seconds: 1 });
  }

  /** Takes a place for a message to this number. @returns milliseconds to wait instead; 0 when there was one */
  async take(phone: string): Promise<number> {
    const { phoneNumberId } = this.options;
    const user = `${phoneNumberId}:${this.index.digest(paceIndex, phone).toString('base64url')}`;
    const toUser = await this.user.take(user);
    if (toUser.over) return toUser.wait * 1000;
    const fromNumber = await this.number.take(phoneNumberId);
    if (!fromNumber.over) return 0;
    await this.user.forget(user);
    return fromNumber.wait * 1000;
  }
}
