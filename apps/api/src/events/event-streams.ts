import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventFeed } from './event-feed';
import { EventStream } from './event-stream';
import { may, type OfficerActor, RightsChanges, SignIn } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import type { Id } from '@sinkron/database';
import { EventReader, type EventType } from '@sinkron/events';
import { rightsAge, Scope } from '@sinkron/offices';
import { Problem } from '@sinkron/observability';

const mostOfAccount = 10;
const mostOfProcess = 1_000;

/** Who reads, and the token by which their rights are looked up again while the stream is open. */
export interface Reader {
  officer: OfficerActor;
  bearerToken: string;
}

/** The live streams of this process. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly streams = new Map<EventStream, Reader>();
  private readonly looking: NodeJS.Timeout;
  private isClosing = false;

  constructor(
    private readonly feed: EventFeed,
    private readonly events: EventReader,
    private readonly signIn: SignIn,
    rights: RightsChanges,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const look = () => void this.endWithoutRights();
    this.looking = setInterval(look, rightsAge).unref();
    rights.onChange(look);
  }

  /**
   * @param after the last position that the reader has; null: from now on
   * @throws Problem `too_many`, or `unavailable` when this process has enough of them
   */
  async open(
    reader: Reader,
    { after, types }: { after: number | null; types: readonly EventType[] | null },
  ): Promise<EventStream> {
    const begin = await this.begin(after);
    this.refuseTooMany(reader.officer.officerId);
    const scope = () => this.scopeOf(reader);
    const stream = new EventStream(this.feed, { ...begin, scope, types }, this.config.durations.streamBeat);
    this.streams.set(stream, reader);
    stream.once('close', () => this.streams.delete(stream));
    return stream;
  }

  /** Called before the server waits for its requests to finish, which streams never do. */
  onModuleDestroy(): void {
    this.isClosing = true;
    clearInterval(this.looking);
    for (const stream of this.streams.keys()) stream.end();
    this.feed.release();
  }

  /** A reader whose position was deleted, or never existed, has missed something, and a `reset` says so. */
  private async begin(after: number | null): Promise<{ position: number; greeting: string }> {
    const { first, last } = await this.events.range();
    const position = after ?? last;
    const greeting = 'retry: 2000\n';
    if (position >= first - 1 && position <= last)
      return { position, greeting: `${greeting}id: ${position}\n\n` };
    const start = position > last ? last : first - 1;
    const data = JSON.stringify({ asked: position, start });
    return { position: start, greeting: `${greeting}id: ${start}\nevent: reset\ndata: ${data}\n\n` };
  }

  private refuseTooMany(officerId: Id): void {
    const own = [...this.streams.values()].filter(({ officer }) => officer.officerId === officerId).length;
    if (own >= mostOfAccount) throw tooMany();
    if (this.isClosing || this.streams.size >= mostOfProcess) throw full();
  }

  /** A stream ends with the session or the role, also while nothing happens that it could send. */
  private async endWithoutRights(): Promise<void> {
    for (const [stream, reader] of this.streams) {
      // While the database is away nothing is sent, so that a stream may wait for it.
      const scope = await this.scopeOf(reader).catch(() => Scope.nothing);
      if (!scope) stream.end();
    }
  }

  /**
   * What this reader may see now; null when that is nothing.
   * @throws what the database throws: then nobody knows, and nothing is sent
   */
  private async scopeOf({ bearerToken }: Reader): Promise<Scope | null> {
    try {
      const officer = await this.signIn.authenticate(bearerToken);
      return !officer.lacksSecondFactor && may(officer, 'events') ? officer.scope : null;
    } catch (error) {
      if (error instanceof Problem && error.kind === 'unauthenticated') return null;
      throw error;
    }
  }
}

function tooMany(): Problem {
  return new Problem(
    'too_many',
    {
      id: `Akun ini sudah membuka ${mostOfAccount} aliran. Tutup salah satunya.`,
      en: `This account has ${mostOfAccount} streams open. Close one of them.`,
    },
    [],
    10,
  );
}

function full(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Layanan ini tidak bisa membuka aliran lagi sekarang. Coba lagi sebentar lagi.',
      en: 'This service can open no more streams now. Try again shortly.',
    },
    [],
    5,
  );
}
