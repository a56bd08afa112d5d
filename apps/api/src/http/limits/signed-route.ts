import { Transform, type TransformCallback } from 'node:stream';
import { RouteConfig } from '@nestjs/platform-fastify';
import { networkOf } from '@sinkron/accounts';
import { Problem } from '@sinkron/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What bodies a signed route reads. */
export interface BatchBounds {
  /** Bytes. Meta's batches have 3 MB at most, and as a rule one message. */
  largest: number;
  /** Bytes; what is larger is read only with a signature, and in turn. */
  usual: number;
  /** So many large ones are read at a time: anybody may send one, and the signature can be checked only at its end. */
  atOnce: number;
  /** And so many of one network. */
  ofOneNetwork: number;
  /** Milliseconds in which a large one must be whole from when it has its turn. */
  patience: number;
}

const batchBounds: BatchBounds = {
  largest: 3 * 1024 * 1024,
  usual: 64 * 1024,
  atOnce: 8,
  ofOneNetwork: 2,
  patience: 5_000,
};

/**
 * A route for a program that signs what it sends (`X-Hub-Signature-256`). The handler gets the bytes as they came,
 * unparsed, because they are what was signed. A request that brings a signature is not counted: a program that is
 * refused for its bursts repeats them for days.
 */
export const SignedRoute = () => RouteConfig({ signed: true });

/** Whether this request goes to such a route. */
export function isForSignedRoute({ routeOptions }: FastifyRequest): boolean {
  return isSigned(routeOptions.config);
}

/** Whether it also brings what may be a signature; a false one costs us what a refusal costs. */
export function bringsSignature(request: FastifyRequest): boolean {
  const header = String(request.headers['x-hub-signature-256']);
  return isForSignedRoute(request) && /^sha256=[0-9a-f]{64}$/i.test(header);
}

/**
 * Lets batches be larger than what people send, a few at a time. A batch takes its turn when more of it has come than is
 * usual, whatever its headers say: one that is announced and then comes slowly, or not at all, keeps nobody out.
 */
export function boundBatches(server: FastifyInstance, bounds: BatchBounds = batchBounds): void {
  const turns = new BatchTurns(bounds);
  server.addHook('onRoute', (route) => {
    if (isSigned(route.config)) route.bodyLimit = bounds.largest;
  });
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (!isForSignedRoute(request)) return done(null, payload);
    const meter = new BatchMeter(bounds, () => {
      // Whoever is refused in the middle of a body has still to send the rest of it.
      void reply.header('connection', 'close');
      if (!bringsSignature(request)) throw tooLarge(bounds);
      const leave = turns.enter(networkOf(request.ip));
      reply.raw.once('close', leave);
    });
    payload.once('error', (error) => meter.destroy(error));
    done(null, payload.pipe(meter));
  });
}

/** Lets a body through, and calls when it becomes larger than usual: then it must be whole in time. */
class BatchMeter extends Transform {
  private received = 0;
  private deadline: NodeJS.Timeout | null = null;

  constructor(
    private readonly bounds: BatchBounds,
    private readonly becameLarge: () => void,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.received += chunk.length;
    if (this.received > this.bounds.usual && !this.deadline) {
      try {
        this.becameLarge();
      } catch (refusal) {
        done(refusal as Problem);
        return;
      }
      this.deadline = setTimeout(() => this.destroy(tooSlow()), this.bounds.patience).unref();
    }
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.deadline ?? undefined);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.deadline ?? undefined);
    done(error);
  }
}

/** How many large batches are read now, by network. */
class BatchTurns {
  private readonly reading = new Map<string, number>();
  private inAll = 0;

  constructor(private readonly bounds: BatchBounds) {}

  /** @returns what ends the turn @throws Problem `unavailable` */
  enter(network: string): () => void {
    const own = this.reading.get(network) ?? 0;
    if (this.inAll >= this.bounds.atOnce || own >= this.bounds.ofOneNetwork) throw tooManyLarge();
    this.inAll += 1;
    this.reading.set(network, own + 1);
    return () => this.leave(network);
  }

  private leave(network: string): void {
    this.inAll -= 1;
    const left = (this.reading.get(network) ?? 1) - 1;
    if (left > 0) this.reading.set(network, left);
    else this.reading.delete(network);
  }
}

function isSigned(config: unknown): boolean {
  return (config as { signed?: boolean } | undefined)?.signed ?? false;
}

function tooLarge({ usual }: BatchBounds): Problem {
  return new Problem('too_large', {
    id: `Tanpa header X-Hub-Signature-256, isi permintaan paling besar ${usual / 1024} KiB.`,
    en: `Without the header X-Hub-Signature-256, a body may have ${usual / 1024} KiB at most.`,
  });
}

function tooSlow(): Problem {
  return new Problem('malformed', {
    id: 'Isi permintaan datang terlalu lambat. Kirim lagi secara utuh.',
    en: 'The body came too slowly. Send it again as a whole.',
  });
}

function tooManyLarge(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Terlalu banyak kiriman besar sekaligus. Kirim lagi sebentar lagi.',
      en: 'Too many large batches at once. Send it again in a moment.',
    },
    [],
    5,
  );
}
