import { Readable } from 'node:stream';
import { AppError } from '../../domain/errors.ts';
import {
  classifyAnswer,
  type ProviderTrouble,
  type RetryPolicy,
  verdictOn,
} from '../../domain/provider-trouble.ts';
import type { Source } from '../../domain/source.ts';
import type { CookieJar } from '../../lib/provider-http/cookie-jar.ts';
import { networkError } from '../../lib/provider-http/network-error.ts';
import { RedirectError } from '../../lib/provider-http/next-address.ts';
import type { HttpAnswer, ProviderHttp } from '../../lib/provider-http/provider-http.ts';
import { readBeginning } from '../../lib/provider-http/read-beginning.ts';

/** Milliseconds. */
const LONGEST_WAIT = 3_000;
const WAIT_AFTER_REDIRECTS = 1_500;

/** Of a `ProviderHttp`, what reading a source takes. */
export type SourceHttp = Pick<ProviderHttp, 'get'>;

/** An answer that came, but not with television. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly trouble: ProviderTrouble;
  /** Milliseconds that the provider asks to wait; 0: it does not. */
  readonly wait: number;

  constructor(status: number, trouble = verdictOn({ status }, 'stream'), wait = 0) {
    super(`the provider answered ${status}`);
    this.status = status;
    this.trouble = trouble;
    this.wait = wait;
  }
}

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

export interface OpenOptions {
  readonly http: SourceHttp;
  readonly signal: AbortSignal;
  readonly timeouts: UpstreamTimeouts;
  /** Of all that belongs to one source. */
  readonly cookies?: CookieJar;
  /** @see GetOptions.onCut */
  readonly onCut?: (error: unknown) => void;
}

/**
 * Opens a source.
 * @param range what is wanted of it; cut out of the whole where the server does not know ranges.
 * @throws Refusal on a status other than 2xx, and what ProviderHttp.get throws (it may name the address).
 */
export async function openHttp(
  url: string,
  source: Pick<Source, 'userAgent'>,
  options: OpenOptions,
  range?: Range,
): Promise<Answer> {
  const header = range && `bytes=${range.offset}-${range.offset + range.length - 1}`;
  const { status, body, address } = await askSource(url, source, options, header);
  const isWhole = range && status !== 206;
  return { body: isWhole ? Readable.from(cutOut(body, range)) : body, address };
}

/**
 * Asks for an address of a source's.
 * @param range the header of that name.
 * @throws Refusal on a status other than 2xx, and what ProviderHttp.get throws (it may name the address).
 */
export async function askSource(
  url: string,
  { userAgent }: Pick<Source, 'userAgent'>,
  { http, signal, timeouts, cookies, onCut }: OpenOptions,
  range?: string,
): Promise<HttpAnswer> {
  const answer = await http.get(url, {
    ...{ signal, timeouts },
    ...(cookies ? { cookies } : {}),
    ...(onCut ? { onCut } : {}),
    headers: { 'user-agent': userAgent, accept: '*/*', ...(range ? { range } : {}) },
  });
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return answer;
  const isText = /text|html/i.test(headers['content-type'] ?? '');
  const beginning = isText ? await readBeginning(body) : '';
  body.on('error', () => {}).destroy();
  const wait = /^\d+$/.exec(headers['retry-after'] ?? '')?.[0] ?? '0';
  throw new Refusal(
    status,
    verdictOn(classifyAnswer(status, headers, beginning), 'stream'),
    Number(wait) * 1000,
  );
}

/** What a refusal most likely means while connections are being freed. */
export function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Refusal)) return verdictOn(networkError(error), 'stream').error;
  const { kind, error: known } = error.trouble;
  return kind === 'refused' ? new AppError('line_in_use', { status: error.status }) : known;
}

/** Milliseconds to wait before the same is asked for again, at least. */
export function waitOf(error: unknown): number {
  if (error instanceof Refusal) return Math.min(error.wait, LONGEST_WAIT);
  // Each try is as many requests as there were redirects.
  return error instanceof RedirectError ? WAIT_AFTER_REDIRECTS : 0;
}

/** When the same is asked for again. */
export function againOf(error: unknown): RetryPolicy {
  if (error instanceof Refusal) return error.trouble.again;
  if (!(error instanceof AppError)) return verdictOn(networkError(error), 'stream').again;
  // Some answer with a page, or with nothing at all.
  return error.code === 'channel_web_page' || error.code === 'channel_silent' ? 'freeing' : 'later';
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
