import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { AppError } from '../domain/errors.ts';
import type { Source } from '../domain/provider.ts';

/** An answer that came, but not with television. `transient`: worth asking again at once, for a few seconds. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number) {
    super(`the provider answered ${status}`);
    this.status = status;
  }

  /** Panels answer so while a connection that was just closed still counts. */
  get transient(): boolean {
    return transientStatus.has(this.status);
  }

  toAppError(): AppError {
    const code = this.transient
      ? 'line_in_use'
      : this.status === 404 || this.status === 410
        ? 'channel_dead'
        : 'provider_status';
    return new AppError(code, { status: this.status }, { cause: this });
  }
}

const transientStatus: ReadonlySet<number> = new Set([401, 403, 429, 458, 509]);

export interface UpstreamTimeouts {
  /** Milliseconds until the first byte. */
  readonly firstByte: number;
  /** Milliseconds between two bytes later on. */
  readonly silence: number;
}

export interface Answer {
  readonly body: Readable;
  /** Where redirects have led: what the body names is relative to this. A secret like the source's own address. */
  readonly address: URL;
}

/** A part of what an address has, in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/**
 * Opens a source.
 * @param range what is wanted of it; cut out of the whole where the server does not know ranges.
 * @throws Refusal on a status other than 2xx, and whatever undici throws on the way there (it may name the address).
 */
export async function openHttp(
  url: string,
  source: Pick<Source, 'userAgent'>,
  options: { dispatcher: Dispatcher; signal: AbortSignal; timeouts: UpstreamTimeouts },
  range?: Range,
): Promise<Answer> {
  const response = await request(url, {
    dispatcher: options.dispatcher,
    signal: options.signal,
    headers: {
      'user-agent': source.userAgent,
      accept: '*/*',
      ...(range ? { range: `bytes=${range.offset}-${range.offset + range.length - 1}` } : {}),
    },
    headersTimeout: options.timeouts.firstByte,
    bodyTimeout: options.timeouts.silence,
  });
  if (response.statusCode >= 200 && response.statusCode < 300) {
    // undici's redirect interceptor lists every address that it asked, the last one too.
    const { history } = (response.context ?? {}) as { history?: readonly URL[] };
    const isWhole = range && response.statusCode !== 206;
    const body = isWhole ? Readable.from(cutOut(response.body, range)) : response.body;
    return { body, address: history?.at(-1) ?? new URL(url) };
  }
  response.body.on('error', () => {}).destroy();
  throw new Refusal(response.statusCode);
}

async function* cutOut(body: AsyncIterable<Buffer>, { offset, length }: Range): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of body) {
    const part = chunk.subarray(Math.max(0, offset - at), Math.max(0, offset + length - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= offset + length) return;
  }
}
