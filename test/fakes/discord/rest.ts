import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiError, refusal } from './api-error.ts';
import type { RateLimits, Verdict } from './rate-limits.ts';
import { readBody } from './request-body.ts';
import { type Match, matchRoute, type Route, routeName } from './route.ts';
import type { World } from './world.ts';

/** One call of the REST interface. `route` is its pattern, such as `PUT /applications/:application/commands`. */
export interface RestCall {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  /** By the fake's clock. */
  readonly at: number;
  readonly json: unknown;
  status: number;
}

/** A fault of the next call of a route; without a status it is only slow. */
export interface Fault {
  readonly status?: number;
  /** Discord's code, 0. */
  readonly code?: number;
  readonly message?: string;
  /** The delay in real time before the answer, or before the request is handled. */
  readonly delayMs?: number;
  /** The answer waits for it. */
  readonly after?: Promise<unknown>;
  /** Only a call with a file fails. */
  readonly onlyFiles?: boolean;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RestOptions {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly limits: RateLimits;
  /** The only valid token. */
  readonly token: () => string;
}

const base = '/api/v10';

/** Answers HTTP requests: reads them, checks the token and the limits, and calls the route. */
export class Rest {
  readonly calls: RestCall[] = [];
  readonly #options: RestOptions;
  readonly #faults = new Map<string, Fault[]>();

  constructor(options: RestOptions) {
    this.#options = options;
  }

  failNext(route: string, fault: Fault, times: number): void {
    if (!this.#options.routes.some((known) => routeName(known) === route)) {
      throw new TypeError(`There is no route "${route}".`);
    }
    const list = this.#faults.get(route) ?? [];
    this.#faults.set(route, [...list, ...Array.from({ length: times }, () => fault)]);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { world } = this.#options;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? 'GET';
    let answer: Answer;
    let call: RestCall | undefined;
    try {
      const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : undefined;
      const match = path === undefined ? undefined : matchRoute(this.#options.routes, method, path);
      const { json, files } = await readBody(request);
      const route = match ? routeName(match.route) : `${method} ${url.pathname}`;
      call = { route, method, path: path ?? url.pathname, at: world.now(), json, status: 0 };
      this.calls.push(call);
      answer = match
        ? await this.#answer(match, { request, query: url.searchParams, json, files }, route)
        : this.#unknown(method, url.pathname);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        response.writeHead(500).end(error instanceof Error ? error.stack : 'unknown');
        world.violations.note('fake-failed', String(error));
        return;
      }
      if (!error.forgiven) this.#noteRefusal(error, method, url.pathname);
      answer = { status: error.status, body: error.body() };
    }
    if (call) call.status = answer.status;
    world.changes.notify();
    send(response, answer);
  }

  async #answer(
    { route, params }: Match,
    {
      request,
      query,
      json,
      files,
    }: { request: IncomingMessage; query: URLSearchParams } & Awaited<ReturnType<typeof readBody>>,
    name: string,
  ): Promise<Answer> {
    const fault = this.#faultOf(name, files.length > 0);
    if (fault?.delayMs) await pause(fault.delayMs);
    await fault?.after;
    if (fault?.status) {
      const { status, code = 0, message = 'The test wants it so' } = fault;
      throw new ApiError(code, { status, message, forgiven: true });
    }
    if (route.auth && request.headers.authorization !== `Bot ${this.#options.token()}`) throw refusal(0);
    const verdict = this.#options.limits.judge(name, params);
    if (verdict.retryAfterSeconds !== null) return tooMany(verdict, verdict.retryAfterSeconds);
    const param = (key: string) => {
      const value = params.get(key);
      if (value === undefined) throw new TypeError(`${name} has no part "${key}".`);
      return value;
    };
    const body = route.handle({ param, query, json, files });
    return { status: body === undefined ? 204 : 200, body, headers: verdict.headers };
  }

  #faultOf(name: string, hasFiles: boolean): Fault | undefined {
    const faults = this.#faults.get(name) ?? [];
    const at = faults.findIndex(({ onlyFiles = false }) => hasFiles || !onlyFiles);
    return at < 0 ? undefined : faults.splice(at, 1)[0];
  }

  #unknown(method: string, path: string): Answer {
    this.#options.world.violations.note('unknown-route', `${method} ${path}`);
    return { status: 404, body: { message: '404: Not Found', code: 0 } };
  }

  #noteRefusal(error: ApiError, method: string, path: string): void {
    const details = error.errors ? ` ${JSON.stringify(error.errors)}` : '';
    // Shortens tokens, which are long and meaningless.
    const place = path.replaceAll(/[\w-]{64,}/g, '…');
    this.#options.world.violations.note(
      'refused',
      `${method} ${place}: ${error.code} ${error.message}${details}`,
    );
  }
}

function tooMany({ headers, global }: Verdict, retryAfter: number): Answer {
  const body = { message: 'You are being rate limited.', retry_after: retryAfter, global };
  return { status: 429, body, headers };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
