import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { type AddressRefusal, judgeAddress, judgeUrl } from './address-rules';

/** More of an answer is not read: nobody reads its body anyway. */
const mostBytes = 64 * 1024;

/** Something that is sent to an address that a person wrote down. */
export interface Ask {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Why there was no answer to judge. */
export type Failure = 'address_refused' | 'unresolved' | 'redirect' | 'timeout' | 'tls' | 'connection';

export type Answer = { status: number; retryAfter: string | null } | { failure: Failure };

/** All addresses of a host name; rejects for an unknown name. */
export type Resolver = (hostname: string) => Promise<LookupAddress[]>;

const systemResolver: Resolver = (hostname) => lookup(hostname, { all: true });

/** Somewhere that is not called. */
class Refused extends Error {
  constructor(readonly reason: AddressRefusal) {
    super(`Not called: ${reason}`);
  }
}

/**
 * Calls addresses that persons wrote down, so that nobody reaches our own network through us: the host is resolved
 * once, every address is judged, and the connection goes to these and no others. No redirect is followed, no
 * connection kept, and neither a silent nor an endless answer holds us.
 */
export class SafeRequest {
  /**
   * @param networks inside which private addresses are fine
   * @param milliseconds for everything together, from the name to the end of the answer
   */
  constructor(
    private readonly networks: readonly string[],
    private readonly milliseconds: number,
    private readonly resolve: Resolver = systemResolver,
  ) {}

  /** Why this address would not be called now; null when it would. */
  async refusal(url: string): Promise<AddressRefusal | null> {
    try {
      await before(AbortSignal.timeout(this.milliseconds), this.targets(parse(url)));
      return null;
    } catch (error) {
      return error instanceof Refused ? error.reason : 'unresolved';
    }
  }

  async send(ask: Ask): Promise<Answer> {
    const signal = AbortSignal.timeout(this.milliseconds);
    try {
      const url = parse(ask.url);
      const targets = await before(signal, this.targets(url));
      const answer = await exchange(url, ask, targets, signal);
      return answer.status >= 300 && answer.status < 400 ? { failure: 'redirect' } : answer;
    } catch (error) {
      return { failure: signal.aborted ? 'timeout' : failureOf(error) };
    }
  }

  /** @throws Refused when any of the addresses is not to be called */
  private async targets(url: URL): Promise<LookupAddress[]> {
    refuse(judgeUrl(url));
    const targets = await this.addresses(url.hostname);
    for (const { address } of targets) refuse(judgeAddress(url, address, this.networks));
    return targets;
  }

  private async addresses(hostname: string): Promise<LookupAddress[]> {
    const literal = hostname.replace(/^\[|\]$/g, '');
    const family = isIP(literal);
    if (family !== 0) return [{ address: literal, family }];
    const found = await this.resolve(hostname).catch(() => []);
    if (found.length === 0) throw new Refused('unresolved');
    return found;
  }
}

/** @throws Refused */
function parse(text: string): URL {
  if (!URL.canParse(text)) throw new Refused('malformed');
  return new URL(text);
}

function refuse(reason: AddressRefusal | null): void {
  if (reason) throw new Refused(reason);
}

/** Asks one of these addresses; the host's name is only for the header and the certificate. */
function exchange(
  url: URL,
  { method, headers = {}, body }: Ask,
  targets: LookupAddress[],
  signal: AbortSignal,
): Promise<{ status: number; retryAfter: string | null }> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal, agent: false, lookup: only(targets) };
    const asked = request(url, options);
    let answer: { status: number; retryAfter: string | null } | null = null;
    let failure = new Error('The connection ended without an answer');
    asked.on('response', (response) => {
      answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null };
      let bytes = 0;
      response
        .on('error', () => undefined)
        .on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > mostBytes) asked.destroy();
        });
    });
    asked.on('error', (error) => (failure = error));
    // The status has said all that we want to know, however the rest of the answer ends.
    asked.on('close', () => (answer ? resolve(answer) : reject(failure)));
    asked.end(body);
  });
}

/** A resolver for the socket that gives only the addresses that were judged. */
function only(targets: LookupAddress[]): NonNullable<http.RequestOptions['lookup']> {
  const [first = { address: '', family: 4 }] = targets;
  return (_hostname, { all }, answer) => {
    if (all) answer(null, targets);
    else answer(null, first.address, first.family);
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return error.reason === 'unresolved' ? 'unresolved' : 'address_refused';
  const { code = '' } = error as { code?: string };
  return /CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code) ? 'tls' : 'connection';
}

/** A name server may be silent too, and cannot be interrupted. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
