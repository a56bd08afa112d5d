import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from './settings';

/** Shown as what is left when no quota is set; nothing is refused then. One agency was once granted so much a day. */
const generous = 3_500_000;
const saveEveryMs = 500;

/**
 * The agency's quota of readings per day by WIB. Counted in memory and written down twice a second: one row
 * updated by every reading would be the narrowest part of this server. A kill -9 forgets half a second.
 */
@Injectable()
export class Quota implements OnApplicationBootstrap, OnApplicationShutdown {
  private count = { day: '', used: 0 };
  private saved = this.count;
  private timer?: NodeJS.Timeout;

  constructor(private readonly settings: Settings) {}

  onApplicationBootstrap(): void {
    this.count = this.saved = this.settings.get('quota');
    this.timer = setInterval(() => void this.save(), saveEveryMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.save();
  }

  /** Uses one reading of the day; false when a quota is set and used up. */
  take(day: string): boolean {
    const limit = this.settings.get('verification').quotaPerDay;
    const used = this.used(day);
    if (limit !== undefined && used >= limit) return false;
    this.count = { day, used: used + 1 };
    return true;
  }

  left(day: string): number {
    return Math.max(0, (this.settings.get('verification').quotaPerDay ?? generous) - this.used(day));
  }

  /** Begins the day's count again, as for a quota newly granted. */
  restart(): void {
    this.count = { day: '', used: 0 };
  }

  private used(day: string): number {
    return this.count.day === day ? this.count.used : 0;
  }

  /** A count that could not be written stays unsaved and is tried again at the next turn. */
  private async save(): Promise<void> {
    const count = this.count;
    if (count === this.saved) return;
    await this.settings.put('quota', count).then(
      () => (this.saved = count),
      () => undefined,
    );
  }
}
