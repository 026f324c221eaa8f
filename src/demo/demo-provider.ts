import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { type DemoChannel, demoChannels, playableChannels } from './channels.ts';
import { askAbilities } from './ffmpeg-abilities.ts';
import { type Font, findFont } from './font.ts';
import { xmltv } from './guide.ts';
import { serveChannel } from './live-connection.ts';
import { logoSvg } from './logo.ts';
import { logoUrl, panelAnswer, refusedLogin } from './panel.ts';

export interface DemoProviderOptions {
  /** A path, or the name of a program on the PATH. */
  readonly ffmpegPath: string;
  readonly logger: Logger;
  /** Streams that may be open at a time; 2 unless told. */
  readonly maxConnections?: number;
  /** Whole milliseconds after which "Test panne" hangs up; between 20 and 40 s unless told. */
  readonly breakdownAfter?: () => number;
  readonly clock?: Clock;
}

/** An Xtream Codes account that needs no subscription: invented channels, made by FFmpeg on this machine. */
export interface DemoProvider {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Cuts off every stream and ends every process; may be called again. */
  stop(): Promise<void>;
}

/** How long an address that /live redirects to stays good, and how many are remembered. */
const TOKEN_LIFE = 60_000;
const TOKENS_MOST = 1000;
/** Milliseconds: processes are killed outright, so more than this is something that waiting does not help. */
const STOP_TIMEOUT = 3000;
const PHP_JSON = 'text/html; charset=UTF-8';

/**
 * Starts the demo provider on a free port of the loopback interface.
 * @throws AppError ffmpeg_missing where that FFmpeg cannot be run.
 */
export async function startDemoProvider(options: DemoProviderOptions): Promise<DemoProvider> {
  const { logger } = options;
  // FFmpeg is run in the font's folder, from which a relative path would lead elsewhere.
  const isPath = options.ffmpegPath.includes('/') || options.ffmpegPath.includes(sep);
  const ffmpegPath = isPath ? resolve(options.ffmpegPath) : options.ffmpegPath;
  const abilities = await askAbilities(ffmpegPath);
  const channels = playableChannels(abilities);
  const font = abilities.text ? findFont() : null;
  const missing = demoChannels.filter((channel) => !channels.includes(channel)).map(({ name }) => name);
  if (missing.length > 0) logger.warn({ missing }, 'this FFmpeg cannot make some demo channels');
  if (!font)
    logger.warn({ drawtext: abilities.text }, 'demo channels show no text: no drawtext filter, or no font');

  const panel = new DemoPanel({ ...options, ffmpegPath }, channels, font);
  await panel.start();
  logger.info({ channels: channels.length }, 'demo provider ready');
  return panel;
}

class DemoPanel implements DemoProvider {
  readonly username = `demo-${randomBytes(4).toString('hex')}`;
  readonly password = randomBytes(12).toString('hex');
  readonly #options: DemoProviderOptions;
  readonly #channels: readonly DemoChannel[];
  readonly #font: Font | null;
  readonly #clock: Clock;
  readonly #server: Server;
  #port = 0;
  #stopped: Promise<unknown> | null = null;
  readonly #stopping = new AbortController();
  /** What counts against the limit: streams whose client is still there. */
  readonly #open = new Set<ServerResponse>();
  /** What stop() waits for: streams whose process is still there. */
  readonly #running = new Set<Promise<void>>();
  /** Redirect tokens in the order of their making, with the time at which they stop being good. */
  readonly #tokens = new Map<string, number>();

  constructor(options: DemoProviderOptions, channels: readonly DemoChannel[], font: Font | null) {
    this.#options = options;
    this.#channels = channels;
    this.#font = font;
    this.#clock = options.clock ?? systemClock;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#stopped ??= this.#close();
    await this.#stopped;
  }

  #close(): Promise<unknown> {
    this.#stopping.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    const ended = Promise.all([closed, ...this.#running]);
    return Promise.race([ended, delay(STOP_TIMEOUT, undefined, { ref: false })]);
  }

  #answer(request: IncomingMessage, response: ServerResponse): ServerResponse {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    const address = URL.parse(request.url ?? '', this.url);
    if (!address) return refuse(response, 400);
    const [first, ...rest] = address.pathname.split('/').slice(1);
    switch (first) {
      case 'player_api.php':
        return this.#api(address.searchParams, response);
      case 'xmltv.php':
        return this.#guide(address.searchParams, response);
      case 'live':
        return this.#redirect(rest, response);
      case 'balancer':
        return this.#stream(rest, request, response);
      case 'logo':
        return this.#logo(rest, response);
      default:
        return refuse(response, 404);
    }
  }

  #api(query: URLSearchParams, response: ServerResponse): ServerResponse {
    const facts = {
      url: this.url,
      username: this.username,
      password: this.password,
      maxConnections: this.#limit,
      activeConnections: this.#open.size,
      channels: this.#channels,
      now: this.#clock.now(),
    };
    const answer = this.#knows(query.get('username'), query.get('password'))
      ? panelAnswer(facts, query)
      : refusedLogin;
    return response.writeHead(200, { 'content-type': PHP_JSON }).end(JSON.stringify(answer));
  }

  #guide(query: URLSearchParams, response: ServerResponse): ServerResponse {
    if (!this.#knows(query.get('username'), query.get('password'))) return refuse(response, 401);
    const { url } = this;
    return response
      .writeHead(200, { 'content-type': 'application/xml; charset=utf-8' })
      .end(xmltv(this.#channels, this.#clock.now(), (id) => logoUrl(url, id)));
  }

  #logo([file]: string[], response: ServerResponse): ServerResponse {
    const channel = this.#channelOf(file, 'svg');
    if (!channel) return refuse(response, 404);
    return response.writeHead(200, { 'content-type': 'image/svg+xml; charset=utf-8' }).end(logoSvg(channel));
  }

  #redirect([username, password, file]: string[], response: ServerResponse): ServerResponse {
    if (!this.#knows(username, password)) return refuse(response, 401);
    if (!this.#channelOf(file, 'ts')) return refuse(response, 404);
    const token = randomBytes(16).toString('hex');
    for (const [old, until] of this.#tokens) {
      if (until >= this.#clock.now() && this.#tokens.size < TOKENS_MOST) break;
      this.#tokens.delete(old);
    }
    this.#tokens.set(token, this.#clock.now() + TOKEN_LIFE);
    return response.writeHead(302, { location: `${this.url}/balancer/${token}/${file}` }).end();
  }

  /** The limit is checked here alone: the way over the redirect gives a stream that was just closed the time to be noticed. */
  #stream([token = '', file]: string[], request: IncomingMessage, response: ServerResponse): ServerResponse {
    const channel = this.#channelOf(file, 'ts');
    if (!channel) return refuse(response, 404);
    if ((this.#tokens.get(token) ?? 0) < this.#clock.now()) return refuse(response, 401);
    if (request.method === 'HEAD') {
      return response.writeHead(200, { 'content-type': 'video/mp2t' }).end();
    }
    if (this.#open.size >= this.#limit) return refuse(response, 403);

    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    const { ffmpegPath, logger, breakdownAfter = someTime } = this.#options;
    const signal = channel.breaksDown
      ? AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(breakdownAfter())])
      : this.#stopping.signal;
    const run = serveChannel(channel, response, {
      ffmpegPath,
      font: this.#font,
      clock: this.#clock,
      logger,
      signal,
    });
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
    return response;
  }

  get #limit(): number {
    return this.#options.maxConnections ?? 2;
  }

  #knows(username: string | null | undefined, password: string | null | undefined): boolean {
    return isSecret(username, this.username) && isSecret(password, this.password);
  }

  /** The channel that a file name such as "101.ts" names. */
  #channelOf(file: string | undefined, extension: string): DemoChannel | undefined {
    return this.#channels.find(({ id }) => file === `${id}.${extension}`);
  }
}

function someTime(): number {
  return randomInt(20_000, 40_000);
}

function isSecret(given: string | null | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number): ServerResponse {
  return response.writeHead(status, { 'content-type': PHP_JSON }).end();
}
