import { CentreFailure } from './centre-failure';
import type { CircuitBreaker } from './circuit-breaker';
import { codeOfWords, meaningOf, type Refusal } from './codes';
import type { Quota } from './quota';
import type { RateLimit } from './rate-limit';
import { foldName, withoutTitles } from '@sinkron/identity';
import { correlationId, registryCalls } from '@sinkron/observability';
import { z } from 'zod';

/** The values of the paper, as we ask the centre about them. */
export interface AskedValues {
  nik: string;
  kk: string;
  name: string;
  /** ISO date */
  birthDate: string;
  birthPlace?: string;
  sex?: 'M' | 'F';
}

export type AskedField = keyof AskedValues;

/** The values of the paper that are to be written at the centre; what is absent stays there as it is. */
export type PushedValues = Omit<AskedValues, 'name'> & { name?: string };

/**
 * The centre's answer: match or mismatch per field, never a stored value; of names and places also how alike they are,
 * of 100.
 */
export interface Comparison {
  kind: 'compared';
  code: string;
  verdicts: Partial<Record<AskedField, boolean>>;
  scores: Partial<Record<AskedField, number>>;
}

export type VerificationAnswer =
  Comparison | { kind: 'unknown'; code: string } | { kind: 'refusal'; code: string; reason: Refusal };

export type PushProgress = 'queued' | 'applied' | 'refused';

export interface RegistryClientOptions {
  url: string;
  lembagaId: string;
  user: string;
  password: string;
  /** Milliseconds for one call, its answer's body included. */
  timeout: number;
}

/** The least score, of 100, with which the centre says "Sesuai" for a name or place. */
const threshold = 90;
const largestAnswer = 64_000;

const fieldOf: Record<string, AskedField> = {
  NIK: 'nik',
  NO_KK: 'kk',
  NAMA_LGKP: 'name',
  TGL_LHR: 'birthDate',
  TMPT_LHR: 'birthPlace',
  JENIS_KLMIN: 'sex',
};

const content = z.object({
  content: z.array(z.record(z.string(), z.unknown())).min(1),
  quotaLimiter: z.int().nonnegative().optional().catch(undefined),
});
const pushed = z.object({ trackingId: z.string().regex(/^[\x21-\x7e]{1,64}$/), state: z.string() });
const tracked = z.object({
  state: z.enum(['queued', 'applied', 'refused']),
  reason: z.string().transform(reasonCode).nullish(),
});

/**
 * The only place that knows the centre's field names and codes; whatever goes wrong there is one of the `CentreFault`s.
 * Every call, a repeated one too, takes its turn under the shared rate.
 */
export class RegistryClient {
  constructor(
    private readonly options: RegistryClientOptions,
    private readonly limit: RateLimit,
    private readonly breaker: CircuitBreaker,
    readonly quota: Quota,
    /** Milliseconds that a call waits for its turn at most. */
    private readonly patience: number,
  ) {}

  /** The same client for somebody at the counter, whose calls wait longer for their turn than those of the workers. */
  withMorePatience(): RegistryClient {
    return new RegistryClient(this.options, this.limit, this.breaker, this.quota, 2 * this.patience);
  }

  /**
   * Compares the paper with the centre's record. A name that mismatches as it is written is asked again without titles,
   * and without its marks: those are ways to write one name. @throws CentreFailure, NotAsked
   */
  async verify(values: AskedValues): Promise<VerificationAnswer> {
    const answer = await this.compare(values);
    for (const name of otherSpellings(values.name)) {
      if (answer.kind !== 'compared' || answer.verdicts.name !== false) break;
      const again = await this.compare({ ...values, name });
      if (again.kind === 'compared' && again.verdicts.name) return again;
    }
    return answer;
  }

  private async compare(values: AskedValues): Promise<VerificationAnswer> {
    const { lembagaId, user, password } = this.options;
    const [year, month, day] = values.birthDate.split('-');
    const { status, body } = await this.call(
      'verify',
      `/dukcapil/get_json/${lembagaId}/CALL_VERIFY_BY_ELEMEN`,
      {
        USER_ID: user,
        PASSWORD: password,
        IP_USER: '127.0.0.1',
        TRESHOLD: threshold,
        NIK: values.nik,
        NO_KK: values.kk,
        NAMA_LGKP: values.name,
        TGL_LHR: `${day}-${month}-${year}`,
        ...(values.birthPlace ? { TMPT_LHR: values.birthPlace } : {}),
        ...(values.sex ? { JENIS_KLMIN: values.sex === 'M' ? 'Laki-Laki' : 'Perempuan' } : {}),
      },
    );
    if (status !== 200) throw unexpected(status);
    const { content: said, quotaLimiter } = parsed(content, body);
    if (quotaLimiter !== undefined) this.quota.saw(quotaLimiter);
    return readContent(said[0] ?? {});
  }

  /**
   * Proposes values of the paper to the centre. The same key is applied once, however often it is sent.
   * @returns the tracking id, or `refused` when the centre will not even take it
   * @throws CentreFailure, NotAsked
   */
  async push(
    key: string,
    { kk, ...values }: PushedValues,
    officeCode: string,
  ): Promise<{ trackingId: string } | 'refused'> {
    const sent = { ...values, noKk: kk, officeCode };
    const { status, body } = await this.call('push', '/consolidations', sent, {
      'idempotency-key': key,
    });
    if (status === 202 || status === 200) return { trackingId: parsed(pushed, body).trackingId };
    if (status === 400 || status === 409 || status === 422) return 'refused';
    throw unexpected(status);
  }

  /** What became of a push; null when the centre does not know it. @throws CentreFailure, NotAsked */
  async track(trackingId: string): Promise<{ state: PushProgress; reason: string | null } | null> {
    const { status, body } = await this.call('track', `/consolidations/${encodeURIComponent(trackingId)}`);
    if (status === 404) return null;
    if (status !== 200) throw unexpected(status);
    const { state, reason } = parsed(tracked, body);
    return { state, reason: reason ?? null };
  }

  private call(name: string, path: string, body?: object, headers: Record<string, string> = {}) {
    return this.breaker.call(
      () => this.limit.take(this.patience),
      () => this.attempt(name, path, body, headers),
      // A push has its key, but whether its first attempt arrived is for the row to find out, after a wait.
      { repeatable: name !== 'push' },
    );
  }

  private async attempt(
    name: string,
    path: string,
    body: object | undefined,
    headers: Record<string, string>,
  ) {
    try {
      const answer = await this.send(path, body, headers);
      registryCalls.inc({ call: name, result: String(answer.status) });
      if (answer.status === 429) throw new CentreFailure('too_many_requests');
      if (answer.status >= 500) throw new CentreFailure('server_error');
      return answer;
    } catch (error) {
      const failure = error instanceof CentreFailure ? error : new CentreFailure(networkFault(error));
      registryCalls.inc({ call: name, result: failure.fault });
      throw failure;
    }
  }

  private async send(path: string, body: object | undefined, headers: Record<string, string>) {
    const response = await fetch(this.options.url + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        'x-correlation-id': correlationId(),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeout),
    });
    return { status: response.status, body: await readText(response) };
  }
}

/** Stops reading an answer that is larger than any the centre has reason to give. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > largestAnswer) throw new CentreFailure('nonsense');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed<T>(schema: z.ZodType<T>, body: string): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    throw new CentreFailure('nonsense');
  }
}

/** The centre's words may hold a NIK or be of any length, and are stored with the ticket: only a code is taken over. */
function reasonCode(said: string): string {
  return /^[a-z][a-z_]{0,63}$/i.test(said) ? said : 'refused';
}

function unexpected(status: number): CentreFailure {
  return new CentreFailure(status === 401 || status === 403 ? 'configuration' : 'nonsense');
}

function networkFault(error: unknown): 'time_out' | 'connection_lost' {
  return (error as { name?: unknown }).name === 'TimeoutError' ? 'time_out' : 'connection_lost';
}

/** Verdicts, or a code in one of the shapes that were seen: `RESPONSE_CODE`, or words in `RESPONSE`, `RESPON`. */
export function readContent(first: Record<string, unknown>): VerificationAnswer {
  const said = [first.RESPONSE_CODE, first.RESPONSE_DESC, first.RESPONSE, first.RESPON].map((part) =>
    typeof part === 'string' || typeof part === 'number' ? String(part) : '',
  );
  const written = said[0] ? said[0].padStart(2, '0') : null;
  const code =
    written ?? said.slice(1).reduce<string | null>((found, text) => found ?? codeOfWords(text), null);
  if (code === null && said.some(Boolean)) throw new CentreFailure('nonsense');
  const meaning = meaningOf(code ?? '00');
  switch (meaning.kind) {
    case 'fault':
      throw new CentreFailure(meaning.fault, code);
    case 'unknown':
      return { kind: 'unknown', code: code ?? '13' };
    case 'refusal':
      return { kind: 'refusal', code: code ?? '08', reason: meaning.reason };
    case 'found':
      return { kind: 'compared', code: code ?? '00', ...readVerdicts(first) };
  }
}

function readVerdicts(first: Record<string, unknown>): Pick<Comparison, 'verdicts' | 'scores'> {
  const verdicts: Comparison['verdicts'] = {};
  const scores: Comparison['scores'] = {};
  for (const [element, field] of Object.entries(fieldOf)) {
    const verdict = first[element];
    if (typeof verdict !== 'string') continue;
    verdicts[field] = /^\s*sesuai\b/i.test(verdict);
    const score = /\((\d{1,3})\)/.exec(verdict)?.[1];
    if (score !== undefined) scores[field] = Number(score);
  }
  // Without a verdict on the two numbers nothing is proved either way.
  if (verdicts.nik === undefined || verdicts.kk === undefined) throw new CentreFailure('nonsense');
  return { verdicts, scores };
}

/** How else the centre may have written the same name, the nearest first. */
function otherSpellings(name: string): string[] {
  const upper = (text: string) => text.toUpperCase();
  return [...new Set([withoutTitles(name), foldName(name)].map(upper))].filter((one) => one !== upper(name));
}
