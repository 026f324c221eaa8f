import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly locale?: string;
  /** The membership of the server; null if the user is not in it. */
  readonly roles: readonly string[] | null;
}

const OWNER = '900000000000000009';
const GUILD = '200000000000000001';

/** The part of Discord's OAuth2 that a log-in uses, as strict about the code, the verifier and the secret. */
export class FakeDiscordOauth {
  readonly clientId = '100000000000000001';
  readonly clientSecret = 'the-client-secret';
  readonly botToken = 'the-bot-token';
  readonly guildId = GUILD;
  readonly ownerId = OWNER;
  /** Answers every request with an error. */
  isBroken = false;
  readonly #codes = new Map<string, { user: FakeUser; challenge: string; redirectUri: string }>();
  readonly #tokens = new Map<string, FakeUser>();
  readonly #server: Server;
  #count = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
    });
  }

  static async start(): Promise<FakeDiscordOauth> {
    const fake = new FakeDiscordOauth();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Confirms the log-in on Discord's page. @returns the parameters of the redirect. */
  authorise(address: string, user: FakeUser): { code: string; state: string } {
    const { origin, pathname, searchParams: query } = new URL(address);
    const get = (name: string) => query.get(name) ?? '';
    if (`${origin}${pathname}` !== 'https://discord.com/oauth2/authorize') throw new Error('wrong page');
    if (get('client_id') !== this.clientId || get('response_type') !== 'code')
      throw new Error('wrong client');
    if (get('scope') !== 'identify guilds.members.read') throw new Error('wrong scope');
    if (get('code_challenge_method') !== 'S256') throw new Error('no PKCE');
    const code = `code-${++this.#count}`;
    this.#codes.set(code, { user, challenge: get('code_challenge'), redirectUri: get('redirect_uri') });
    return { code, state: get('state') };
  }

  async #answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    if (this.isBroken) return [503, {}];
    const { method, url, headers } = request;
    if (`${method} ${url}` === 'POST /api/v10/oauth2/token')
      return this.#exchange(new URLSearchParams(await text(request)));
    if (url === `/api/v10/guilds/${GUILD}`)
      return headers.authorization === `Bot ${this.botToken}` ? [200, { owner_id: OWNER }] : [401, {}];
    const user = this.#tokens.get(headers.authorization?.replace('Bearer ', '') ?? '');
    if (!user) return [401, { message: '401: Unauthorized' }];
    const { id, name, locale, roles } = user;
    if (url === '/api/v10/users/@me')
      return [200, { id, username: name.toLowerCase(), global_name: name, locale }];
    if (url === `/api/v10/users/@me/guilds/${GUILD}/member` && roles) return [200, { nick: null, roles }];
    return [404, { code: 10004, message: 'Unknown Guild' }];
  }

  #exchange(form: URLSearchParams): [number, unknown] {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const isClient =
      form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret;
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood = code?.challenge === challenge && code.redirectUri === form.get('redirect_uri');
    if (!isClient) return [401, { error: 'invalid_client' }];
    if (!code || !isGood) return [400, { error: 'invalid_grant' }];
    const token = `token-${++this.#count}`;
    this.#tokens.set(token, code.user);
    return [200, { access_token: token, token_type: 'Bearer', expires_in: 604_800 }];
  }
}
