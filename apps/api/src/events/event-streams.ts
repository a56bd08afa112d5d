import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventFeed } from './event-feed';
import { EventStream } from './event-stream';
import { may, type OfficerActor, SignIn } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import type { Id } from '@sinkron/database';
import { EventReader, type EventType } from '@sinkron/events';
import { Problem } from '@sinkron/observability';

const mostOfAccount = 10;
const mostOfProcess = 1_000;

/** Who comes, and by what they are known for as long as they stay. */
export interface Reader {
  officer: OfficerActor;
  bearerToken: string;
}

/** The live streams of this process. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly standing = new Map<EventStream, Id>();
  private isClosing = false;

  constructor(
    private readonly feed: EventFeed,
    private readonly line: EventReader,
    private readonly signIn: SignIn,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param after the last position that the reader has; null: from now on
   * @throws Problem `too_many`, or `unavailable` when this process has enough of them
   */
  async open(
    { officer, bearerToken }: Reader,
    { after, types }: { after: number | null; types: readonly EventType[] | null },
  ): Promise<EventStream> {
    const begin = await this.begin(after);
    this.refuseTooMany(officer.officerId);
    const { streamBeat, streamRights } = this.config.durations;
    const stream = new EventStream(this.feed, { ...begin, scope: officer.scope, types }, streamBeat);
    this.standing.set(stream, officer.officerId);
    const rights = setInterval(() => void this.lookAgain(stream, bearerToken), streamRights).unref();
    stream.once('close', () => {
      clearInterval(rights);
      this.standing.delete(stream);
    });
    return stream;
  }

  /** Before the server waits for its requests to finish: these never would. */
  onModuleDestroy(): void {
    this.isClosing = true;
    for (const stream of this.standing.keys()) stream.end();
    this.feed.release();
  }

  /** Who has a position that is not there any more, or that never was, has missed something and is told. */
  private async begin(after: number | null): Promise<{ position: number; greeting: string }> {
    const { first, last } = await this.line.range();
    const position = after ?? last;
    const greeting = 'retry: 2000\n';
    if (position >= first - 1 && position <= last)
      return { position, greeting: `${greeting}id: ${position}\n\n` };
    const start = position > last ? last : first - 1;
    const data = JSON.stringify({ asked: position, start });
    return { position: start, greeting: `${greeting}id: ${start}\nevent: reset\ndata: ${data}\n\n` };
  }

  private refuseTooMany(officerId: Id): void {
    const own = [...this.standing.values()].filter((id) => id === officerId).length;
    if (own >= mostOfAccount) throw tooMany();
    if (this.isClosing || this.standing.size >= mostOfProcess) throw full();
  }

  /** A stream outlives no session, no role and no region. */
  private async lookAgain(stream: EventStream, bearerToken: string): Promise<void> {
    const officer = await this.signIn.authenticate(bearerToken).catch(() => null);
    if (!officer || officer.lacksSecondFactor || !may(officer, 'events')) stream.end();
    else stream.scope = officer.scope;
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
