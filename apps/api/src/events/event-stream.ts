import { Readable } from 'node:stream';
import type { EventFeed, ToldEvent } from './event-feed';
import type { EventType } from '@sinkron/events';
import type { Scope } from '@sinkron/offices';

/** Where a stream begins, and what it tells. */
export interface Wanted {
  /** It tells what comes after this. */
  position: number;
  scope: Scope;
  /** Null: every type. */
  types: readonly EventType[] | null;
  /** What is told first of all. */
  greeting: string;
}

/**
 * Server-sent events of one reader. It asks for the next ones only when the reader has taken the last, so that nothing
 * piles up here; a reader that takes nothing is cut off, and resumes by the id it has.
 */
export class EventStream extends Readable {
  /** May change while the stream stands. */
  scope: Scope;
  private position: number;
  private readonly types: readonly EventType[] | null;
  private next: string | null;
  private isAsking = false;
  private isOver = false;
  private lastTold = performance.now();
  private readonly watch: NodeJS.Timeout;

  /** @param beat milliseconds between two signs of life, and the patience with who takes nothing */
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
    this.watch = setInterval(() => this.cutWhoTakesNothing(), beat).unref();
  }

  /** Ends it in order: the reader comes again, and goes on where it was. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.push(null);
  }

  override _read(): void {
    if (!this.isAsking) void this.ask();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.isOver = true;
    clearInterval(this.watch);
    done(error);
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    try {
      const words = await this.words();
      this.isAsking = false;
      if (this.isOver) return;
      this.lastTold = performance.now();
      this.push(words);
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  private async words(): Promise<string> {
    if (this.next !== null) {
      const greeting = this.next;
      this.next = null;
      return greeting;
    }
    for (;;) {
      const wait = this.lastTold + this.beat - performance.now();
      const events = await this.feed.after(this.position, Math.max(0, wait));
      this.position = events.at(-1)?.position ?? this.position;
      const shown = events.filter((event) => this.shows(event)).map(({ text }) => text);
      if (shown.length > 0) return shown.join('');
      // With the position, so that who resumes does not begin before all that was none of their business.
      if (performance.now() >= this.lastTold + this.beat || this.isOver)
        return `: beat\nid: ${this.position}\n\n`;
    }
  }

  private shows({ type, officeId }: ToldEvent): boolean {
    return (this.types?.includes(type) ?? true) && (officeId === null || this.scope.includes(officeId));
  }

  private cutWhoTakesNothing(): void {
    if (!this.isAsking && performance.now() - this.lastTold >= this.beat) this.destroy();
  }
}
