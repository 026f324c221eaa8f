import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Category } from '../../src/domain/channel.ts';
import type { PanelArchive } from './panel-archive.ts';

/** A channel for a test. Further fields are copied into the record unchanged, whatever their types. */
export interface FakeChannel {
  readonly id: number;
  readonly name: string;
  readonly category?: string;
  readonly [field: string]: unknown;
}

/** Serves one live connection; must end the response, or leave it open until the client disconnects. */
export type LiveHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** How player_api.php misbehaves: on every call, in the login's status, or in the list. `hang` never answers. */
export type PanelFault = 'html' | 'unavailable' | 'auth0' | 'hang' | AccountFault | ListFault | null;
type AccountFault = 'expired' | 'banned' | 'disabled';
type ListFault = 'empty' | 'truncated';
const statuses: Readonly<Record<string, string>> = {
  expired: 'Expired',
  banned: 'Banned',
  disabled: 'Disabled',
};

export interface FakePanelOptions {
  readonly username?: string;
  readonly password?: string;
  readonly channels?: readonly FakeChannel[];
  readonly categories?: readonly Category[];
  readonly maxConnections?: number;
  readonly outputFormats?: readonly string[];
  /** The status of the answer when all connections are taken. */
  readonly refusal?: 403 | 458;
  /** How long a closed connection still counts, in milliseconds. */
  readonly lateFreeMs?: number;
  /** Whether /live answers with a 302 to a balancer path with a one-time token. */
  readonly redirectLive?: boolean;
  /** Whether it speaks https, with the self-signed certificate of certificates/. */
  readonly tls?: boolean;
  /** The folder of the panel, such as `/iptv`; under any other path player_api.php is not found. By default all paths do. */
  readonly base?: string;
  /** Whether player_api.php answers with a 302 to the same call under another path. */
  readonly redirectApi?: boolean;
  /** The answer of get_short_epg. */
  readonly guide?: unknown;
}

export interface LiveConnection {
  readonly channelId: number;
  readonly since: number;
  readonly userAgent: string;
}

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An Xtream Codes panel on 127.0.0.1. Tests change its public fields while it runs. */
export class FakePanel {
  readonly options: FakePanelOptions;
  readonly username: string;
  readonly password: string;
  channels: readonly FakeChannel[];
  categories: readonly Category[];
  maxConnections: number;
  /** The answer of xmltv.php; null for a 404. */
  xmltv: string | Buffer | null = null;
  xmltvHeaders: Readonly<Record<string, string>> = {};
  fault: PanelFault = null;
  /** Answers by action that replace the normal ones; the login's action is 'login'. */
  readonly overrides = new Map<string, Answer>();
  /** The handlers of /live/…/<id>; '*' handles the rest. Without a handler the answer is 404. */
  readonly live = new Map<number | '*', LiveHandler>();
  /** What it keeps of the past; null for none. */
  archive: PanelArchive | null = null;
  /** The time zone that it names, and the one of its clock. */
  zones = { named: 'UTC', real: 'UTC' };
  /** Every request, in order. */
  readonly requests: { readonly action: string; readonly path: string; readonly userAgent: string }[] = [];
  /** The most live connections ever open at once. */
  mostOpen = 0;
  readonly #server: Server;
  readonly #open = new Set<LiveConnection>();
  readonly #freeing = new Set<NodeJS.Timeout>();
  readonly #tokens = new Map<string, number>();
  #nextToken = 1;

  constructor(options: FakePanelOptions = {}) {
    this.options = options;
    const handle = (request: IncomingMessage, response: ServerResponse) => this.#handle(request, response);
    this.#server = options.tls ? createTlsServer(certificate(), handle) : createServer(handle);
    this.username = options.username ?? 'user';
    this.password = options.password ?? 'pass';
    this.channels = options.channels ?? [];
    this.categories = options.categories ?? [];
    this.maxConnections = options.maxConnections ?? 1;
  }

  static async start(options?: FakePanelOptions): Promise<FakePanel> {
    const panel = new FakePanel(options);
    await new Promise<void>((resolve) => panel.#server.listen(0, '127.0.0.1', resolve));
    return panel;
  }

  get url(): string {
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The open live connections, oldest first. */
  get open(): readonly LiveConnection[] {
    return [...this.#open];
  }

  /** Connections that count against the limit: open ones and those freed late. */
  get taken(): number {
    return this.#open.size + this.#freeing.size;
  }

  /** Cuts every connection, like a restarting panel. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    for (const timer of this.#freeing) clearTimeout(timer);
    this.#freeing.clear();
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const answer = this.#route(new URL(request.url ?? '/', this.url), request, response);
    if (!answer) return;
    const { status = 200, type = 'text/html', headers, body } = answer;
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(body);
  }

  /** Null if a handler sends the response or there is no answer. */
  #route(url: URL, request: IncomingMessage, response: ServerResponse): Answer | null {
    const [, first = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const isLive = first === 'live' || first === 'balancer';
    const isArchive = first === 'timeshift' || url.pathname.endsWith('/streaming/timeshift.php');
    const isGuide = url.pathname.endsWith('/xmltv.php');
    const action =
      isLive || isArchive ? first : isGuide ? 'xmltv' : (url.searchParams.get('action') ?? 'login');
    this.requests.push({ action, path: request.url ?? '', userAgent: request.headers['user-agent'] ?? '' });
    if (isLive) {
      const way = first === 'live' ? this.#live(rest) : this.#balancer(rest);
      return typeof way === 'number' ? this.#serve(way, request, response) : way;
    }
    if (isArchive) return this.#past(url, first === 'timeshift' ? rest : null, request, response);
    if (isGuide && this.#knows(url) && this.xmltv !== null)
      return { type: 'text/xml', headers: this.xmltvHeaders, body: this.xmltv };
    const { base } = this.options;
    const isApi =
      base === undefined
        ? url.pathname.endsWith('/player_api.php')
        : url.pathname === `${base}/player_api.php`;
    if (!isApi) return { status: 404, body: '' };
    if (this.options.redirectApi && first !== 'moved') {
      return { status: 302, headers: { location: `/moved${url.pathname}${url.search}` }, body: 'moved' };
    }
    if (this.fault === 'hang') return null;
    return this.overrides.get(action) ?? this.#api(url, action);
  }

  #api(url: URL, action: string): Answer {
    if (this.fault === 'html')
      return { type: 'text/html', body: '<!doctype html><title>Site</title><p>"Hello"</p>' };
    if (this.fault === 'unavailable') return { status: 503, body: 'Service Unavailable' };
    const json = (body: unknown): Answer => ({ body: JSON.stringify(body) });
    if (this.fault === 'auth0' || !this.#knows(url)) return json({ user_info: { auth: 0 } });
    switch (action) {
      case 'login':
        return json(this.#login());
      case 'get_live_categories':
        return json(
          this.categories.map(({ id, name }) => ({ category_id: id, category_name: name, parent_id: 0 })),
        );
      case 'get_live_streams': {
        if (this.fault === 'empty') return json([]);
        const answer = json(this.channels.map(record));
        return this.fault === 'truncated' ? { body: answer.body.slice(0, answer.body.length / 2) } : answer;
      }
      case 'get_short_epg':
        return json(this.options.guide ?? { epg_listings: [] });
      default:
        return json([]);
    }
  }

  #login(): unknown {
    const now = Math.floor(Date.now() / 1000);
    const status = statuses[this.fault ?? ''] ?? 'Active';
    return {
      user_info: {
        username: this.username,
        password: this.password,
        auth: 1,
        status,
        exp_date: String(status === 'Expired' ? now - 86_400 : now + 30 * 86_400),
        active_cons: String(this.taken),
        max_connections: String(this.maxConnections),
        allowed_output_formats: this.options.outputFormats ?? ['m3u8', 'ts'],
      },
      server_info: {
        timezone: this.zones.named,
        timestamp_now: now,
        time_now: new Date(now * 1000).toLocaleString('sv-SE', { timeZone: this.zones.real }),
      },
    };
  }

  /** The channel to serve, or an answer to send instead. */
  #live([username, password, file = '']: readonly string[]): number | Answer {
    const id = Number.parseInt(file, 10);
    if (username !== this.username || password !== this.password) return { status: 401, body: '' };
    if (this.taken >= this.maxConnections) return { status: this.options.refusal ?? 403, body: '' };
    if (!this.options.redirectLive) return id;
    const token = `token${this.#nextToken++}`;
    this.#tokens.set(token, id);
    return { status: 302, headers: { location: `${this.url}/balancer/${token}/${file}` }, body: '' };
  }

  /** @param path behind /timeshift; null for the address with a query. */
  #past(
    url: URL,
    path: readonly string[] | null,
    request: IncomingMessage,
    response: ServerResponse,
  ): Answer | null {
    const isKnown = path ? path[0] === this.username && path[1] === this.password : this.#knows(url);
    if (!isKnown) return { status: 401, body: '' };
    if (this.taken >= this.maxConnections) return { status: this.options.refusal ?? 403, body: '' };
    const { archive } = this;
    const wish = archive?.wishIn(path?.slice(2) ?? [], url.searchParams);
    if (!archive || !wish) return { status: 404, body: '' };
    return this.#serve(wish.channelId, request, response, () => archive.send(wish, request, response));
  }

  #balancer([token = '']: readonly string[]): number | Answer {
    const id = this.#tokens.get(token);
    this.#tokens.delete(token);
    if (id === undefined) return { status: 403, body: 'token used up' };
    return this.taken < this.maxConnections ? id : { status: this.options.refusal ?? 403, body: '' };
  }

  #serve(
    channelId: number,
    request: IncomingMessage,
    response: ServerResponse,
    handler = this.live.get(channelId) ?? this.live.get('*'),
  ): Answer | null {
    if (!handler) return { status: 404, body: '' };
    const connection = { channelId, since: Date.now(), userAgent: request.headers['user-agent'] ?? '' };
    this.#open.add(connection);
    this.mostOpen = Math.max(this.mostOpen, this.#open.size);
    response.on('close', () => {
      this.#open.delete(connection);
      if (!this.options.lateFreeMs || !this.#server.listening) return;
      const timer = setTimeout(() => this.#freeing.delete(timer), this.options.lateFreeMs);
      this.#freeing.add(timer);
    });
    handler(request, response);
    return null;
  }

  #knows({ searchParams: query }: URL): boolean {
    return query.get('username') === this.username && query.get('password') === this.password;
  }
}

function certificate(): { key: Buffer; cert: Buffer } {
  const file = (name: string) => readFileSync(new URL(`certificates/${name}`, import.meta.url));
  return { key: file('key.pem'), cert: file('self-signed.pem') };
}

function record({ id, name, category, ...more }: FakeChannel, index: number): unknown {
  const fields = {
    num: index + 1,
    name,
    stream_type: 'live',
    stream_id: id,
    stream_icon: '',
    epg_channel_id: null,
  };
  return { ...fields, category_id: category ?? null, tv_archive: 0, direct_source: '', ...more };
}
