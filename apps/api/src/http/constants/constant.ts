import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Encoding, preferredEncoding } from './accepted';

/** One way in which an answer is sent, with its own tag: two encodings are not the same bytes. */
export interface Variant {
  encoding: Encoding;
  tag: string;
  bytes: Buffer;
}

const compressors: Record<Encoding, (plain: Buffer) => Promise<Buffer>> = {
  // Nine of eleven: the last two cost ten times the time for a few percent.
  br: (plain) => promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (plain) => promisify(gzip)(plain, { level: 9 }),
  identity: (plain) => Promise.resolve(plain),
};

/**
 * An answer that is the same for everybody for as long as the process runs: made when it is first asked for, and each
 * encoding of it once. Every reader gets the same buffer, so that a thousand slow readers hold one copy.
 */
export class Constant {
  private plain: Promise<{ bytes: Buffer; digest: string }> | null = null;
  private readonly variants = new Map<Encoding, Promise<Variant>>();

  constructor(
    readonly type: string,
    private readonly make: () => string | Buffer | Promise<Buffer>,
  ) {}

  /** The variant for a caller who sends this header `Accept-Encoding`. */
  variant(accepted: string | undefined): Promise<Variant> {
    const encoding = preferredEncoding(accepted);
    const known = this.variants.get(encoding);
    if (known) return known;
    const made = this.encode(encoding);
    this.variants.set(encoding, made);
    // A failure is told to those who waited for it and then forgotten: the next caller tries again.
    made.catch(() => this.variants.delete(encoding));
    return made;
  }

  private async encode(encoding: Encoding): Promise<Variant> {
    const { bytes, digest } = await this.whole();
    const suffix = encoding === 'identity' ? '' : `-${encoding}`;
    return { encoding, tag: `"${digest}${suffix}"`, bytes: await compressors[encoding](bytes) };
  }

  private whole(): Promise<{ bytes: Buffer; digest: string }> {
    this.plain ??= this.read().catch((error: unknown) => {
      this.plain = null;
      throw error;
    });
    return this.plain;
  }

  private async read(): Promise<{ bytes: Buffer; digest: string }> {
    const bytes = Buffer.from(await this.make());
    return { bytes, digest: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) };
  }
}
