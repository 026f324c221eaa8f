import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Source } from '../../domain/source.ts';
import type { HttpAnswer } from '../../lib/provider-http/provider-http.ts';
import { isPlaylist, rewritePlaylist } from './hls-master.ts';
import { playlistText } from './playlist-text.ts';
import { askSource, type OpenOptions, Refusal } from './upstream.ts';

export interface FfmpegProxyOptions extends OpenOptions {
  readonly source: Source;
  /** Resolves once there is room for more bytes; null if there is room now. */
  readonly room: () => Promise<void> | null;
}

/** The provider's headers that FFmpeg needs to seek in a file. */
const PASSED_ON = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const;
/** Most addresses from live playlists that FFmpeg may still request. */
const MOST_ADDRESSES = 2_000;
/** Most tries for a refused address, milliseconds between two tries, and the statuses that are not retried. */
const MOST_TRIES = 6;
const PAUSE = 1_000;
const missing: ReadonlySet<number> = new Set([404, 410, 416]);

/**
 * A local server through which FFmpeg reads sources that need an address: a stream in several playlists, a file with its
 * index at the end. Its addresses, on the loopback interface, cannot be guessed and are valid for one run; each request is
 * passed on to the provider. So FFmpeg never knows a provider's address, and none is in its arguments or messages.
 */
export class FfmpegProxy {
  readonly #options: FfmpegProxyOptions;
  readonly #secret = randomBytes(16).toString('base64url');
  readonly #server: Server;
  readonly #closing = new AbortController();
  /** The provider's addresses by number, oldest first. */
  readonly #addresses = new Map<number, string>();
  readonly #numbers = new Map<string, number>();
  #count = 0;
  #refusal: unknown = null;

  private constructor(options: FfmpegProxyOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.#refusal ??= error;
        if (response.headersSent) response.destroy();
        else response.writeHead(error instanceof Refusal ? error.status : 502).end();
      });
    });
  }

  static async open(options: FfmpegProxyOptions): Promise<FfmpegProxy> {
    const proxy = new FfmpegProxy(options);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The first error of the provider; null if there was none. */
  get refusal(): unknown {
    return this.#refusal;
  }

  /** The local address under which FFmpeg gets an address of the provider. */
  enter(url: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.#pathOf(url)}`;
  }

  /** Closes the server and ends all requests. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close').catch(() => {});
  }

  #pathOf(url: string): string {
    let number = this.#numbers.get(url);
    if (number === undefined) {
      number = ++this.#count;
      this.#numbers.set(url, number);
      this.#addresses.set(number, url);
      this.#forgetOldest();
    }
    // FFmpeg judges a segment by the extension of its name.
    const ending = /^\.\w{1,5}$/.exec(extname(new URL(url).pathname))?.[0] ?? '';
    return `/${this.#secret}/${number}${ending}`;
  }

  #forgetOldest(): void {
    if (this.#addresses.size <= MOST_ADDRESSES) return;
    for (const [number, url] of this.#addresses) {
      // The first address is the source itself.
      if (number === 1) continue;
      this.#addresses.delete(number);
      this.#numbers.delete(url);
      return;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, secret, name = ''] = (request.url ?? '').split('/');
    const url = secret === this.#secret ? this.#addresses.get(Number.parseInt(name, 10)) : undefined;
    if (url === undefined) {
      response.writeHead(404).end();
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const signal = AbortSignal.any([this.#options.signal, this.#closing.signal, gone.signal]);
    await this.#pass(await this.#ask(url, request.headers.range, signal), response, signal);
  }

  /** Retries while the connection that was just closed still counts. @throws Refusal, or what ProviderHttp.get throws */
  async #ask(url: string, range: string | undefined, signal: AbortSignal): Promise<HttpAnswer> {
    const { source, ...options } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        return await askSource(url, source, { ...options, signal }, range);
      } catch (error) {
        if (!(error instanceof Refusal) || missing.has(error.status) || tries >= MOST_TRIES) throw error;
      }
      await sleep(PAUSE, undefined, { signal });
    }
  }

  async #pass(answer: HttpAnswer, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const { status, headers, body, address } = answer;
    const chunks = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    const first = await chunks.next();
    if (!first.done && isPlaylist(first.value)) {
      const text = await playlistText(after(first.value, chunks));
      response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' });
      response.end(rewritePlaylist(text, address, (url) => this.enter(url)));
      return;
    }
    const isPacked = headers['content-encoding'] !== undefined;
    const passedOn = PASSED_ON.filter((name) => headers[name] && !(isPacked && name === 'content-length'));
    response.writeHead(status, Object.fromEntries(passedOn.map((name) => [name, headers[name]])));
    for (let chunk = first; !chunk.done; chunk = await chunks.next()) {
      if (!response.write(chunk.value)) await once(response, 'drain', { signal });
      await this.#options.room();
    }
    response.end();
  }
}

/** The first chunk, then the rest of the iterator. */
async function* after(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let chunk = await rest.next(); !chunk.done; chunk = await rest.next()) yield chunk.value;
}
