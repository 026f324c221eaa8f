import type { Readable } from 'node:stream';
import type { Category, Channel, Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import { answerFailure, classifyAnswer } from '../domain/provider-trouble.ts';
import { decodeText } from '../lib/decode-text.ts';
import { CookieJar } from '../lib/provider-http/cookie-jar.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import { readBeginning } from '../lib/provider-http/read-beginning.ts';
import { checkLogin } from './account-check.ts';
import { apiPath, liveUrl, panelAddress, type XtreamAccount, xmltvPath } from './address.ts';
import { archiveUrl } from './archive-forms.ts';
import { invalidAnswer, requestFailure } from './failure.ts';
import { readLineup } from './lineup-reader.ts';
import { parseLooseJson } from './loose-json.ts';
import { toCategory, toProgrammes } from './mapper.ts';
import { guideAnswer, type LoginAnswer, records } from './schema.ts';

/** The account and the means to reach its panel. */
export interface XtreamClientOptions extends XtreamAccount {
  /** The account that the channels belong to. */
  readonly accountId: AccountId;
  readonly userAgent: string;
  readonly http: Pick<ProviderHttp, 'get'>;
  readonly timeouts?: Partial<XtreamTimeouts>;
  /** The size of the longest list that is read, in bytes. */
  readonly maxListBytes?: number;
  /** The wall clock, in epoch milliseconds. */
  readonly now?: () => number;
}

/** Milliseconds. `call`, `list` and `guide` limit a whole request including its body. */
export interface XtreamTimeouts {
  /** Until the first byte, and between two bytes. */
  readonly headers: number;
  readonly call: number;
  readonly list: number;
  readonly guide: number;
  /** `headers` for lists and guides, which panels assemble completely before they send the first byte. */
  readonly slowHeaders: number;
}

const defaultTimeouts: XtreamTimeouts = {
  headers: 20_000,
  call: 30_000,
  list: 300_000,
  guide: 30 * 60_000,
  slowHeaders: 120_000,
};
const MAX_LIST_BYTES = 256 * 1024 * 1024;
/** Such answers are parsed on the main thread, which must not take more than a few milliseconds. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

interface Request {
  /** Contains the account. */
  readonly path: string;
  readonly timeout: number;
  readonly headers: number;
  readonly signal: AbortSignal | undefined;
  /** True if the reader itself decompresses a body that is not declared as compressed. */
  readonly isRaw?: boolean;
}

type Params = Readonly<Record<string, string | number>>;

/**
 * The calls of player_api.php and xmltv.php. Each throws an AppError (account_*, provider_*) or the reason of its signal; none
 * of these contains an address, a user name or a password.
 */
export class XtreamClient {
  readonly userAgent: string;
  readonly #account: XtreamAccount;
  readonly #accountId: AccountId;
  readonly #origin: string;
  readonly #timeouts: XtreamTimeouts;
  readonly #maxListBytes: number;
  readonly #now: () => number;
  readonly #http: XtreamClientOptions['http'];
  readonly #cookies = new CookieJar();

  /** @throws TypeError if `baseUrl` is not an http(s) address */
  constructor(options: XtreamClientOptions) {
    const { baseUrl, username, password, userAgent, http } = options;
    this.userAgent = userAgent;
    this.#accountId = options.accountId;
    this.#account = { baseUrl, username, password };
    this.#origin = panelAddress(baseUrl).origin;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#maxListBytes = options.maxListBytes ?? MAX_LIST_BYTES;
    this.#now = options.now ?? Date.now;
    this.#http = http;
  }

  /** Logs in, and returns `user_info` and `server_info` of a usable account. */
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

  /** @param known the version of the list that need not be read again: its channels are then null. */
  async liveStreams(
    signal?: AbortSignal,
    known: string | null = null,
  ): Promise<{ channels: readonly Channel[] | null; dropped: number; version: string }> {
    const { list, slowHeaders: headers } = this.#timeouts;
    const request = { path: apiPath(this.#account, 'get_live_streams'), timeout: list, headers, signal };
    return this.#request(request, async (body, bounded) => {
      const options = { account: this.#accountId, known, maxBytes: this.#maxListBytes, signal: bounded };
      const { channels, outcome, version } = await readLineup(body, options);
      if (!outcome) return { channels: null, dropped: 0, version };
      switch (outcome.kind) {
        case 'list':
          return { channels, dropped: outcome.dropped, version };
        case 'other':
          this.#records(outcome.answer);
          throw invalidAnswer('get_live_streams is no list');
        case 'garbage':
          throw invalidAnswer(outcome.detail);
      }
    });
  }

  /** The next programmes of a channel, at most `limit`, by start. @param streamId the panel's own id. @param offset milliseconds by which the panel's local time is ahead of UTC. */
  async shortGuide(streamId: string, limit: number, offset = 0, signal?: AbortSignal): Promise<Programme[]> {
    const answer = await this.#json('get_short_epg', { stream_id: streamId, limit }, signal);
    return toProgrammes(records(guideAnswer.parse(answer).epg_listings) ?? [], offset);
  }

  /** Streams the whole guide to `read`, as XMLTV that may be gzipped. */
  async wholeGuide<T>(
    read: (body: Readable, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { guide, slowHeaders } = this.#timeouts;
    return this.#request(
      { path: xmltvPath(this.#account), timeout: guide, headers: slowHeaders, signal, isRaw: true },
      read,
    );
  }

  /** @param streamId the panel's own id. */
  liveUrl(streamId: string, format: 'ts' | 'm3u8'): string {
    return liveUrl(this.#account, streamId, format);
  }

  /** @see archiveUrl */
  archiveUrl(form: number, stretch: Parameters<typeof archiveUrl>[2]): string {
    return archiveUrl(this.#account, form, stretch);
  }

  /** The list in an answer. Otherwise it throws the reason: panels answer any call with a login when they refuse it. */
  #records(answer: unknown): unknown[] {
    const list = records(answer);
    if (list) return list;
    checkLogin(answer, this.#now());
    throw invalidAnswer('a login instead of a list');
  }

  async #json(action: string | null, params: Params, signal: AbortSignal | undefined): Promise<unknown> {
    const { call, headers } = this.#timeouts;
    const request = { path: apiPath(this.#account, action, params), timeout: call, headers, signal };
    return this.#request(request, async (body) => {
      const text = await readText(body, MAX_ANSWER_BYTES);
      // Some panels send an empty body for an empty list; as the answer to a login it is invalid.
      if (text.trim() === '' && action !== null) return [];
      try {
        return parseLooseJson(text);
      } catch {
        const sight = classifyAnswer(200, {}, text.slice(0, 4096));
        if (sight.isBarrier) throw answerFailure(sight);
        const kind = sight.isPage ? 'page' : /^\s*#EXTM3U/i.test(text) ? 'm3u' : 'other';
        throw invalidAnswer(`${action ?? 'login'} is no JSON`, kind);
      }
    });
  }

  async #request<T>(
    { path, timeout, headers: patience, signal, isRaw = false }: Request,
    read: (body: Readable, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = AbortSignal.timeout(timeout);
    const bounded = signal ? AbortSignal.any([signal, limit]) : limit;
    let cut: unknown = null;
    try {
      const { status, headers, body } = await this.#http.get(`${this.#origin}${path}`, {
        headers: { 'user-agent': this.userAgent, accept: 'application/json, */*', 'accept-encoding': 'gzip' },
        timeouts: { firstByte: patience, silence: patience },
        signal: bounded,
        cookies: this.#cookies,
        looksIntoBody: !isRaw,
        onCut: (error) => {
          cut = error;
        },
      });
      if (status < 200 || status > 299)
        throw answerFailure(classifyAnswer(status, headers, await readBeginning(body)));
      return await read(body, bounded);
    } catch (error) {
      signal?.throwIfAborted();
      // The body is incomplete because the connection broke.
      const isCutOff = cut !== null && error instanceof AppError && error.code === 'provider_garbage';
      throw requestFailure(isCutOff ? cut : error);
    }
  }
}

async function readText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw invalidAnswer(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks));
}
