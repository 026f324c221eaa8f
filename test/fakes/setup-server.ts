import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageHeaders } from '../../src/http/plugins/security-headers.ts';
import type { Diagnosis } from '../../src/web/common/contract/server.ts';
import type {
  AccountTried,
  AddressTried,
  DiscordState,
  FurtherAccount,
  SetupCategory,
  SetupState,
  TelegramState,
  WatchRequest,
} from '../../src/web/setup/contract.ts';

/** A request's JSON body. */
// biome-ignore lint/suspicious/noExplicitAny: what a page sent, which the fake trusts
export type Body = any;
/** A status with the JSON of its answer; undefined: no body. */
export type Answer = readonly [status: number, json?: unknown];
/** Answers one route. */
export type Handler = (body: Body, parameter: string) => Answer | Promise<Answer>;

const webDir = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export const refusal = (code: string, message: string): { error: object } => ({ error: { code, message } });

/**
 * The server of the set-up page with the contract's JSON: its state is plain data that a test changes, and every request
 * that changes something is in `asked`. It serves the built pages with the headers of the real server.
 */
export class SetupServer {
  /** Changes, oldest first, such as `PUT /api/setup/watch`. */
  readonly asked: { readonly route: string; readonly body: Body }[] = [];
  /** Answers by route, such as `PUT /api/setup/telegram/groups/:id`; a test may replace and add some. */
  readonly routes = new Map<string, Handler>();
  setup: SetupState = {
    is_first: true,
    account: { kind: 'demo', trouble: null, connections: null, expires_at: null, channels: 12 },
    watch: {
      where: 'here',
      access: 'public',
      public_url: null,
      addresses: [],
      instance: 'this-one',
      is_container: false,
    },
    locked: [],
    needs_restart: [],
  };
  role: 'admin' | 'controller' | null = 'admin';
  /** What a try of an account answers: a result, or the sentence of a refusal. */
  account: AccountTried | string = {
    connections: 2,
    expires_at: '2027-03-03T12:00:00.000Z',
    channels: 12_480,
    notes: [],
  };
  /** The subscriptions and lists. */
  accounts: FurtherAccount[] = [];
  /** The channel on air that another account would change. */
  onAir: string | null = null;
  categories: SetupCategory[] = [
    { id: '1', name: 'FR| Généralistes', count: 120, is_hidden: false },
    { id: '2', name: 'FR| Sport', count: 80, is_hidden: false },
    { id: '3', name: 'DE| Sport', count: 95, is_hidden: false },
    { id: '4', name: 'UK| Movies', count: 310, is_hidden: false },
  ];
  address: AddressTried = {
    url: 'https://tv.example.org',
    leads_here: true,
    is_https: true,
    events_pass: true,
    sentences: ['The address leads here, with https.'],
    caddy: 'tv.example.org {\n  reverse_proxy 127.0.0.1:8002\n}',
  };
  diagnosis: Diagnosis = {
    summary: 'Everything works.',
    items: [
      { subject: 'account', mark: 'good', topic: 'Account', text: 'answers; 2 connections.' },
      { subject: 'telegram', mark: 'off', topic: 'Telegram', text: 'not in use.' },
    ],
  };
  discord: DiscordState = {
    state: 'off',
    message: 'The bot is off: it needs a token.',
    has_token: false,
    bot: null,
    invite_url: null,
    guilds: [],
    chosen: { guild_id: null, admin: [], controller: [], viewer: [] },
  };
  telegram: TelegramState = {
    state: 'off',
    message: 'The bot is off: it needs a token.',
    has_token: false,
    bot: null,
    start_url: null,
    admins: [],
    groups: [],
  };
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor() {
    this.#addRoutes();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Replaces a part of the state. */
  set(change: Partial<SetupState>): void {
    this.setup = { ...this.setup, ...change };
  }

  /** The body of the last request to a route; undefined if there was none. */
  last(route: string): Body {
    return this.asked.findLast((each) => each.route === route)?.body;
  }

  #addRoutes(): void {
    const { routes } = this;
    routes.set('GET /api/info', () => [200, this.#info()]);
    routes.set('POST /api/session', () => {
      this.role = 'admin';
      return [204];
    });
    routes.set('GET /api/setup', () => [200, this.setup]);
    routes.set('PUT /api/setup/account', (body) => this.#useAccount(body));
    routes.set('DELETE /api/setup/account', () => {
      this.set({
        account: { kind: 'demo', trouble: null, connections: null, expires_at: null, channels: 12 },
      });
      return [204];
    });
    routes.set('GET /api/setup/accounts', () => [
      200,
      { items: this.accounts, may_add: { subscription: true, list: true } },
    ]);
    routes.set('POST /api/setup/accounts', (body) => this.#addAccount(body));
    routes.set('PUT /api/setup/accounts/order', ({ ids }: { ids: string[] }) => {
      this.accounts = this.accounts.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
      return [204];
    });
    routes.set('DELETE /api/setup/accounts/:id', (_body, id) => {
      this.accounts = this.accounts.filter((account) => account.id !== id);
      return [204];
    });
    routes.set('GET /api/setup/categories', () => [200, { items: this.categories }]);
    routes.set('PUT /api/setup/categories', ({ hidden }: { hidden: string[] }) => {
      this.categories = this.categories.map((each) => ({ ...each, is_hidden: hidden.includes(each.id) }));
      return [204];
    });
    routes.set('POST /api/setup/address', () => [200, this.address]);
    routes.set('PUT /api/setup/watch', (request: WatchRequest) => {
      this.set({ is_first: false, watch: { ...this.setup.watch, ...request } });
      return [200, this.setup.watch];
    });
    routes.set('GET /api/setup/discord', () => [200, this.discord]);
    routes.set('GET /api/setup/telegram', () => [200, this.telegram]);
    routes.set('GET /api/doctor', () => [200, this.diagnosis]);
    routes.set('POST /api/invites', () => [
      200,
      { url: `${this.url}/login/one-time`, expires_at: '2027-01-02T12:00:00.000Z' },
    ]);
  }

  #addAccount({ kind }: Body): Answer {
    if (typeof this.account === 'string') return [422, refusal('trial_refused', this.account)];
    const number = this.accounts.filter((account) => account.kind === kind).length + 1;
    this.accounts = [
      ...this.accounts,
      {
        ...{ id: `${kind === 'list' ? 'm' : 'x'}${number}`, kind, name: `${kind} ${number}` },
        ...{ is_off: false, is_locked: false, trouble: null, ...this.account },
      },
    ];
    return [200, this.account];
  }

  #useAccount({ confirm }: Body): Answer {
    if (typeof this.account === 'string') return [502, refusal('account_refused', this.account)];
    if (this.onAir !== null && confirm !== true) return [409, refusal('account_on_air', this.onAir)];
    const { connections, expires_at, channels } = this.account;
    this.set({ account: { kind: 'own', trouble: null, connections, expires_at, channels } });
    return [200, this.account];
  }

  #info(): object {
    return {
      name: 'Zapette',
      version: '0.0.0',
      language: 'en',
      demo: this.setup.account.kind === 'demo',
      operator: this.role !== null,
      role: this.role,
      may: [],
      can_watch: true,
      only_here: this.setup.watch.where === 'here' ? 'host' : null,
      bot: false,
      discord_login: false,
      reactions: [],
      addresses: {
        watch: `${this.url}/watch`,
        hls: `${this.url}/live.m3u8`,
        ts: `${this.url}/live.ts`,
      },
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/reach') {
      const { instance } = this.setup.watch;
      response.writeHead(200, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
      });
      response.end(JSON.stringify({ instance, host: request.headers.host, protocol: 'http' }));
      return;
    }
    if (!pathname.startsWith('/api/') && pathname !== '/health') return this.#sendFile(pathname, response);
    const text = (await request.setEncoding('utf8').toArray()).join('');
    const body: Body = text === '' ? undefined : JSON.parse(text);
    const [status, json] = await this.#route(request.method ?? 'GET', pathname, body);
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(json === undefined ? undefined : JSON.stringify(json));
  }

  async #route(method: string, path: string, body: Body): Promise<Answer> {
    if (this.role === null && path.startsWith('/api/setup'))
      return [401, refusal('unauthorised', 'Log in first.')];
    const route = `${method} ${path}`;
    if (method !== 'GET') this.asked.push({ route, body });
    const exact = this.routes.get(route);
    if (exact) return exact(body, '');
    const end = route.lastIndexOf('/') + 1;
    const handler = this.routes.get(`${route.slice(0, end)}:id`);
    return handler
      ? handler(body, decodeURIComponent(route.slice(end)))
      : [404, refusal('not_found', 'There is nothing here.')];
  }

  async #sendFile(path: string, response: ServerResponse): Promise<void> {
    const name = path === '/setup' ? 'setup.html' : path === '/' ? 'index.html' : path.slice(1);
    try {
      const bytes = await readFile(join(webDir, name));
      const headers = pageHeaders();
      response.writeHead(200, {
        ...headers,
        // the page tries the server's own addresses, which are other origins
        'content-security-policy': headers['content-security-policy'].replace(
          "connect-src 'self'",
          "connect-src 'self' http: https:",
        ),
        'content-type': types[extname(name)] ?? 'application/octet-stream',
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
}
