import { Readable } from 'node:stream';
import type { EventFeed, StreamedEvent } from './event-feed';
import type { EventType } from '@sinkron/events';
import { Scope } from '@sinkron/offices';

/** Where a stream begins, and what it sends. */
export interface Wanted {
  /** It sends the events after this. */
  position: number;
  /** What the reader may see now; null: nothing any more. Asked before anything is sent. */
  scope: () => Promise<Scope | null>;
  /** Null: every type. */
  types: readonly EventType[] | null;
  /** What is sent first of all. */
  greeting: string;
}

/**
 * Server-sent events of one reader. It asks for the next ones only when the reader has taken the last, so that nothing
 * accumulates here; a reader that takes nothing is cut off, and resumes by the id it has.
 */
export class EventStream extends Readable {
  private readonly scope: () => Promise<Scope | null>;
  private position: number;
  private readonly types: readonly EventType[] | null;
  private next: string | null;
  private isReading = false;
  private isOver = false;
  private lastSent = performance.now();
  private readonly watch: NodeJS.Timeout;

  /** @param beat milliseconds between two heartbeats, and the patience with a reader that takes nothing */
  constructor(
    private readonly feed: EventFeed,
    { position, scope, types, greeting }: Wanted,
    private readonly beat: number,
  ) {
    super();
    this.position = position;
    this.scope = scope;
    this.types = types;
    this.next = greeting;
    this.watch = setInterval(() => this.cutIdleReader(), beat).unref();
  }

  /** Ends it in order: the reader connects again, and resumes where it was. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.push(null);
  }

  override _read(): void {
    if (!this.isReading) void this.sendNext();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.isOver = true;
    clearInterval(this.watch);
    done(error);
  }

  private async sendNext(): Promise<void> {
    this.isReading = true;
    try {
      const text = await this.nextText();
      this.isReading = false;
      if (this.isOver) return;
      if (text === null) return this.end();
      this.lastSent = performance.now();
      this.push(text);
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  /** Null when the reader may read no more. */
  private async nextText(): Promise<string | null> {
    if (this.next !== null) {
      const greeting = this.next;
      this.next = null;
      return greeting;
    }
    for (;;) {
      const wait = this.lastSent + this.beat - performance.now();
      const events = await this.feed.after(this.position, Math.max(0, wait));
      const scope = events.length > 0 ? await this.scope() : Scope.nothing;
      if (!scope) return null;
      this.position = events.at(-1)?.position ?? this.position;
      const shown = events.filter((event) => this.includes(event, scope)).map(({ text }) => text);
      if (shown.length > 0) return shown.join('');
      // With the position, so that a reader who resumes does not begin before events of other scopes.
      if (performance.now() >= this.lastSent + this.beat || this.isOver)
        return `: beat\nid: ${this.position}\n\n`;
    }
  }

  private includes({ type, officeId }: StreamedEvent, scope: Scope): boolean {
    return (this.types?.includes(type) ?? true) && (officeId === null || scope.includes(officeId));
  }

  private cutIdleReader(): void {
    if (!this.isReading && performance.now() - this.lastSent >= this.beat) this.destroy();
  }
}
