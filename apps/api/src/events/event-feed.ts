import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import type { Id } from '@sinkron/database';
import { cloudEvent, type Event, EventReader, type EventType } from '@sinkron/events';
import { OfficeDirectory } from '@sinkron/offices';
import type { Logger } from 'pino';

const readAtOnce = 500;
const remembered = 1_000;
/** At most so many events wait in memory for one reader. */
const page = 100;

/** An event as streams send it, made once for all of them. */
export interface StreamedEvent {
  position: number;
  type: EventType;
  officeId: Id | null;
  text: string;
}

/** Published events for all streams of this process: one query serves them all, and none is made while nobody reads. */
@Injectable()
export class EventFeed {
  /** In order of position, without gaps, the newest last. */
  private recent: StreamedEvent[] = [];
  /** The position up to which the table was read; null while nobody waits. */
  private newest: number | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly reader: EventReader,
    private readonly directory: OfficeDirectory,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The events after a position; when there are none yet, waits for them, and after so long returns none. */
  async after(position: number, milliseconds: number): Promise<StreamedEvent[]> {
    const published = await this.published(position);
    if (published.length > 0) return published;
    await this.waitForMore(position, milliseconds);
    return this.inMemory(position);
  }

  /** Ends every wait, whether something happened or not. */
  release(): void {
    for (const wake of this.waiting) wake();
  }

  /**
   * Who resumes far back reads page by page alone, also while nobody else reads: whoever waits has read all there was,
   * so that the common query always begins at the newest events.
   */
  private async published(position: number): Promise<StreamedEvent[]> {
    const recent = this.inMemory(position);
    if (recent.length > 0 || (this.newest !== null && position >= this.newest)) return recent;
    return this.render(await this.reader.after(position, page));
  }

  /** None when there is a gap between them and the position. */
  private inMemory(position: number): StreamedEvent[] {
    const [oldest] = this.recent;
    if (!oldest || oldest.position > position + 1) return [];
    const from = this.recent.findLastIndex((event) => event.position <= position) + 1;
    return this.recent.slice(from, from + page);
  }

  private waitForMore(position: number, milliseconds: number): Promise<void> {
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
      void this.poll();
    });
  }

  private async poll(): Promise<void> {
    if (this.waiting.size === 0) {
      this.newest = null;
      this.recent = [];
      return;
    }
    try {
      await this.readMore();
    } catch (error) {
      this.logger.warn({ err: error }, 'The events cannot be read now; streams wait');
    }
    setTimeout(() => void this.poll(), this.config.durations.publishInterval).unref();
  }

  private async readMore(): Promise<void> {
    const found = await this.render(await this.reader.after(this.newest ?? 0, readAtOnce));
    if (found.length === 0) return;
    this.recent = [...this.recent, ...found].slice(-remembered);
    this.newest = found.at(-1)?.position ?? this.newest;
    this.release();
  }

  private async render(events: Event[]): Promise<StreamedEvent[]> {
    const tree = await this.directory.tree();
    return events.map((event) => {
      const position = event.position ?? 0;
      const data = JSON.stringify(cloudEvent(event, { source: this.config.publicUrl, tree }));
      const text = `id: ${position}\nevent: ${event.type}\ndata: ${data}\n\n`;
      return { position, type: event.type, officeId: event.officeId, text };
    });
  }
}
