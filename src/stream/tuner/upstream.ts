import type { IncomingHttpHeaders } from 'node:http';
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

/** Most milliseconds to wait because a provider asks for it, and milliseconds to wait after too many redirects. */
const LONGEST_WAIT = 3_000;
const WAIT_AFTER_REDIRECTS = 1_500;

/** The part of `ProviderHttp` that reading a source needs. */
export type SourceHttp = Pick<ProviderHttp, 'get'>;

/** What each request for a source sends. */
type SourceHeaders = Pick<Source, 'userAgent' | 'headers'>;

/** An answer without television. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly trouble: ProviderTrouble;
  /** Milliseconds that the provider asks us to wait; 0 if it asks for none. */
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
  /** The address after redirects, to which addresses in the body are relative. As secret as the source's own address. */
  readonly address: URL;
  readonly headers: IncomingHttpHeaders;
}

/** A byte range of a file. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

export interface OpenOptions {
  readonly http: SourceHttp;
  readonly signal: AbortSignal;
  readonly timeouts: UpstreamTimeouts;
  /** Shared by all requests of one source. */
  readonly cookies?: CookieJar;
  /** @see GetOptions.onCut */
  readonly onCut?: (error: unknown) => void;
}

/**
 * Opens a source.
 * @param range the bytes to return; cut out of the whole file if the server does not support ranges.
 * @throws Refusal on a status other than 2xx, and what ProviderHttp.get throws (it may name the address).
 */
export async function openHttp(
  url: string,
  source: SourceHeaders,
  options: OpenOptions,
  range?: Range,
): Promise<Answer> {
  const header = range && `bytes=${range.offset}-${range.offset + range.length - 1}`;
  const { status, headers, body, address } = await askSource(url, source, options, header);
  const isWhole = range && status !== 206;
  return { body: isWhole ? Readable.from(cutOut(body, range)) : body, address, headers };
}

/**
 * Requests an address that belongs to a source.
 * @param range the value of the Range header.
 * @throws Refusal on a status other than 2xx, and what ProviderHttp.get throws (it may name the address).
 */
export async function askSource(
  url: string,
  { userAgent, headers: further }: SourceHeaders,
  { http, signal, timeouts, cookies, onCut }: OpenOptions,
  range?: string,
): Promise<HttpAnswer> {
  const answer = await http.get(url, {
    signal,
    timeouts,
    ...(cookies ? { cookies } : {}),
    ...(onCut ? { onCut } : {}),
    headers: { accept: '*/*', ...further, 'user-agent': userAgent, ...(range ? { range } : {}) },
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

/** Returns the most likely meaning of a refusal while connections are being freed. */
export function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Refusal)) return verdictOn(networkError(error), 'stream').error;
  const { kind, error: known } = error.trouble;
  return kind === 'refused' ? new AppError('line_in_use', { status: error.status }) : known;
}

/** Returns the least number of milliseconds to wait before the same request. */
export function leastWaitOf(error: unknown): number {
  if (error instanceof Refusal) return Math.min(error.wait, LONGEST_WAIT);
  // Each try sends one request for each redirect.
  return error instanceof RedirectError ? WAIT_AFTER_REDIRECTS : 0;
}

/** Returns when to send the same request again. */
export function retryPolicyOf(error: unknown): RetryPolicy {
  if (error instanceof Refusal) return error.trouble.again;
  if (!(error instanceof AppError)) return verdictOn(networkError(error), 'stream').again;
  // Some panels answer with a page, or with nothing at all.
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
