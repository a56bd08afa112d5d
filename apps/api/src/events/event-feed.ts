import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import type { Id } from '@sinkron/database';
import { cloudEvent, type Event, EventReader, type EventType } from '@sinkron/events';
import { OfficeDirectory } from '@sinkron/offices';
import type { Logger } from 'pino';

const readAtOnce = 500;
const remembered = 1_000;
/** Of text that waits in memory for one reader there is no more than this many events. */
const page = 100;

/** An event as streams tell it, made once for all of them. */
export interface ToldEvent {
  position: number;
  type: EventType;
  officeId: Id | null;
  text: string;
}

/** What happens, for all streams of this process: one look at the table serves them all, and none is made for nobody. */
@Injectable()
export class EventFeed {
  /** In line, without holes, the newest last. */
  private recent: ToldEvent[] = [];
  /** Up to where the table was read; null while nobody waits. */
  private newest: number | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly line: EventReader,
    private readonly directory: OfficeDirectory,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The next ones after a position; when there are none yet, waits for them, and after so long gives none. */
  async after(position: number, milliseconds: number): Promise<ToldEvent[]> {
    const known = await this.known(position);
    if (known.length > 0) return known;
    await this.news(position, milliseconds);
    return this.inMemory(position);
  }

  /** Nobody waits any longer, whether something happened or not. */
  release(): void {
    for (const wake of this.waiting) wake();
  }

  private async known(position: number): Promise<ToldEvent[]> {
    const recent = this.inMemory(position);
    if (recent.length > 0 || this.newest === null || position >= this.newest) return recent;
    return this.refinement(await this.line.after(position, page));
  }

  /** Nothing when there is a hole between them and the position. */
  private inMemory(position: number): ToldEvent[] {
    const [oldest] = this.recent;
    if (!oldest || oldest.position > position + 1) return [];
    const from = this.recent.findLastIndex((event) => event.position <= position) + 1;
    return this.recent.slice(from, from + page);
  }

  private news(position: number, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds).unref();
      this.waiting.add(wake);
      if (this.newest !== null) return;
      this.newest = position;
      void this.round();
    });
  }

  private async round(): Promise<void> {
    if (this.waiting.size === 0) {
      this.newest = null;
      this.recent = [];
      return;
    }
    try {
      await this.look();
    } catch (error) {
      this.logger.warn({ err: error }, 'The events cannot be read now; streams wait');
    }
    setTimeout(() => void this.round(), this.config.durations.publishInterval).unref();
  }

  private async look(): Promise<void> {
    const found = await this.refinement(await this.line.after(this.newest ?? 0, readAtOnce));
    if (found.length === 0) return;
    this.recent = [...this.recent, ...found].slice(-remembered);
    this.newest = found.at(-1)?.position ?? this.newest;
    this.release();
  }

  private async refinement(events: Event[]): Promise<ToldEvent[]> {
    const tree = await this.directory.tree();
    return events.map((event) => {
      const position = event.position ?? 0;
      const data = JSON.stringify(cloudEvent(event, { source: this.config.publicUrl, tree }));
      const text = `id: ${position}\nevent: ${event.type}\ndata: ${data}\n\n`;
      return { position, type: event.type, officeId: event.officeId, text };
    });
  }
}
