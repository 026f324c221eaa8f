import { pipeline, type Readable } from 'node:stream';
import { createUnzip } from 'node:zlib';
import { Agent, type Dispatcher, interceptors } from 'undici';
import type { Category, Channel, Programme } from '../domain/channel.ts';
import { checkLogin } from './account-check.ts';
import { apiPath, liveUrl, panelAddress, type XtreamAccount, xmltvPath } from './address.ts';
import { garbage, requestFailure, statusFailure } from './failure.ts';
import { readLineup } from './lineup-reader.ts';
import { toCategory, toProgramme } from './mapper.ts';
import { guideAnswer, type LoginAnswer, records } from './schema.ts';

export interface XtreamClientOptions extends XtreamAccount {
  readonly userAgent: string;
  /** The connections to use; stays the caller's to close. By default an Agent that follows up to five redirects. */
  readonly dispatcher?: Dispatcher;
  readonly timeouts?: Partial<XtreamTimeouts>;
  /** The longest list to read, in bytes. */
  readonly maxListBytes?: number;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
}

/** Milliseconds. `call`, `list` and `guide` bound a whole request, with its body. */
export interface XtreamTimeouts {
  readonly connect: number;
  /** Until the first byte, and from one to the next. */
  readonly headers: number;
  readonly call: number;
  readonly list: number;
  readonly guide: number;
  /** As `headers`: panels put the whole guide together before they send any of it. */
  readonly guideHeaders: number;
}

const defaultTimeouts: XtreamTimeouts = {
  ...{ connect: 8_000, headers: 15_000, call: 30_000, list: 120_000 },
  ...{ guide: 30 * 60_000, guideHeaders: 120_000 },
};
const MAX_LIST_BYTES = 256 * 1024 * 1024;
/** Parsed on the main thread, so it must not take more than a few milliseconds. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

interface Request {
  /** Holds the account. */
  readonly path: string;
  readonly timeout: number;
  readonly headers: number;
  readonly signal: AbortSignal | undefined;
}

type Params = Readonly<Record<string, string | number>>;

/**
 * The calls of player_api.php, and xmltv.php. Each throws an AppError (account_*, provider_*), or the reason of its signal.
 * No address, user name or password is in any of them.
 */
export class XtreamClient {
  readonly userAgent: string;
  readonly #account: XtreamAccount;
  readonly #origin: string;
  readonly #timeouts: XtreamTimeouts;
  readonly #maxListBytes: number;
  readonly #now: () => number;
  readonly #agent: Agent;
  readonly #dispatcher: Dispatcher;

  /** Throws a TypeError if `baseUrl` is no http(s) address. */
  constructor(options: XtreamClientOptions) {
    const { baseUrl, username, password, userAgent, dispatcher } = options;
    this.userAgent = userAgent;
    this.#account = { baseUrl, username, password };
    this.#origin = panelAddress(baseUrl).origin;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#maxListBytes = options.maxListBytes ?? MAX_LIST_BYTES;
    this.#now = options.now ?? Date.now;
    this.#agent = new Agent({ connect: { timeout: this.#timeouts.connect } });
    this.#dispatcher = dispatcher ?? this.#agent.compose(interceptors.redirect({ maxRedirections: 5 }));
  }

  /** `user_info` and `server_info` of an account that can be used. */
  async login(signal?: AbortSignal): Promise<LoginAnswer> {
    return checkLogin(await this.#json(null, {}, signal), this.#now());
  }

  async liveCategories(signal?: AbortSignal): Promise<{ categories: Category[]; dropped: number }> {
    const list = this.#records(await this.#json('get_live_categories', {}, signal));
    const byId = new Map<string, Category>();
    let dropped = 0;
    for (const record of list) {
      const category = toCategory(record);
      if (category === null) dropped++;
      else if (!byId.has(category.id)) byId.set(category.id, category);
    }
    return { categories: [...byId.values()], dropped };
  }

  async liveStreams(signal?: AbortSignal): Promise<{ channels: readonly Channel[]; dropped: number }> {
    const { list, headers } = this.#timeouts;
    const request = { path: apiPath(this.#account, 'get_live_streams'), timeout: list, headers, signal };
    return this.#request(request, async (body, bounded) => {
      const { channels, outcome } = await readLineup(body, { maxBytes: this.#maxListBytes, signal: bounded });
      switch (outcome.kind) {
        case 'list':
          return { channels, dropped: outcome.dropped };
        case 'other':
          this.#records(outcome.answer);
          throw garbage('get_live_streams is no list');
        case 'garbage':
          throw garbage(outcome.detail);
      }
    });
  }

  /** At most `limit` entries from now on, by start. `offset`: how far the panel's local time is ahead of UTC, in ms. */
  async shortGuide(channelId: number, limit: number, offset = 0, signal?: AbortSignal): Promise<Programme[]> {
    const answer = await this.#json('get_short_epg', { stream_id: channelId, limit }, signal);
    return (records(guideAnswer.parse(answer).epg_listings) ?? [])
      .map((record) => toProgramme(record, offset))
      .filter((programme) => programme !== null)
      .sort((a, b) => a.start - b.start);
  }

  /** The whole guide, as XMLTV that may be gzip, handed to `read` as it arrives. */
  async wholeGuide<T>(
    read: (body: Readable, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { guide, guideHeaders } = this.#timeouts;
    return this.#request(
      { path: xmltvPath(this.#account), timeout: guide, headers: guideHeaders, signal },
      read,
    );
  }

  liveUrl(channelId: number, format: 'ts' | 'm3u8'): string {
    return liveUrl(this.#account, channelId, format);
  }

  /** Ends its own connections; calls under way fail. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** A list, or why there is none: panels answer any call with a login when they refuse it. */
  #records(answer: unknown): unknown[] {
    const list = records(answer);
    if (list) return list;
    checkLogin(answer, this.#now());
    throw garbage('a login instead of a list');
  }

  async #json(action: string | null, params: Params, signal: AbortSignal | undefined): Promise<unknown> {
    const { call, headers } = this.#timeouts;
    const request = { path: apiPath(this.#account, action, params), timeout: call, headers, signal };
    return this.#request(request, async (body) => {
      const text = await readText(body, MAX_ANSWER_BYTES);
      // Nothing is how some panels say that a list is empty; for a login it is no answer.
      if (text.trim() === '' && action !== null) return [];
      try {
        return JSON.parse(text);
      } catch {
        throw garbage(`${action ?? 'login'} is no JSON`);
      }
    });
  }

  async #request<T>(
    { path, timeout, headers: headersTimeout, signal }: Request,
    read: (body: Readable, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = AbortSignal.timeout(timeout);
    const bounded = signal ? AbortSignal.any([signal, limit]) : limit;
    try {
      const { statusCode, headers, body } = await this.#dispatcher.request({
        origin: this.#origin,
        path,
        method: 'GET',
        headers: { 'user-agent': this.userAgent, accept: 'application/json, */*', 'accept-encoding': 'gzip' },
        headersTimeout,
        bodyTimeout: headersTimeout,
        signal: bounded,
      });
      if (statusCode < 200 || statusCode > 299) {
        await body.dump({ limit: 65_536, signal: bounded }).catch(() => {});
        throw statusFailure(statusCode);
      }
      return await read(unpacked(body, headers['content-encoding']), bounded);
    } catch (error) {
      signal?.throwIfAborted();
      throw requestFailure(error);
    }
  }
}

/** undici gives the body as it came; some panels compress it unasked. */
function unpacked(body: Readable, coding: string | string[] | undefined): Readable {
  if (coding === undefined || !/gzip|deflate/i.test(coding.toString())) return body;
  // Either stream's error ends both, and is thrown to whoever reads.
  return pipeline(body, createUnzip(), () => {});
}

async function readText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw garbage(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  // Drops a byte order mark, which JSON.parse would choke on.
  return new TextDecoder().decode(Buffer.concat(chunks));
}
