import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, Faults } from './faults.ts';
import { isMethodName } from './method-schemas.ts';
import { run } from './methods/all.ts';
import { Refusal } from './refusal.ts';
import { type RequestBody, readBody } from './request-body.ts';
import type { Service } from './service.ts';

/** One call as the server received it. */
export interface SeenCall {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Milliseconds on the fake's clock. */
  readonly at: number;
  /** HTTP status; 0 if the connection was cut or left hanging. */
  readonly status: number;
  /** The text of the refusal. */
  readonly description: string | undefined;
}

export interface ApiServerOptions {
  readonly token: string;
  readonly service: Service;
  readonly faults: Faults;
  readonly onCall: (call: SeenCall) => void;
}

interface Request {
  readonly token: string;
  readonly method: string;
  readonly body: RequestBody | Refusal;
  readonly fault: Fault | undefined;
}

interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly description: string | undefined;
}

/** The HTTP side: paths `/bot<token>/<method>`, any kind of body, and the answer's envelope. */
export class ApiServer {
  readonly #options: ApiServerOptions;
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));

  constructor(options: ApiServerOptions) {
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    const hungUp = new AbortController();
    response.on('close', () => hungUp.abort());
    const body = await readBody(request, url).catch(onlyRefusal);
    if (!body) return;
    const params = body instanceof Refusal ? {} : body.params;
    const at = this.#options.service.clock.now();
    const note = (status: number, description?: string) =>
      this.#options.onCall({ method, params, at, status, description });
    const fault = this.#options.faults.take(method);
    if (fault === 'hang') return note(0);
    if (fault === 'drop') {
      note(0);
      request.socket.destroy();
      return;
    }
    if (fault === 'bad-gateway') {
      note(502);
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
      return;
    }
    const outcome = await this.#outcome(
      { token: decodeURIComponent(token), method, body, fault },
      hungUp.signal,
    );
    note(outcome.status, outcome.description);
    if (fault === 'drop-answer') {
      request.socket.destroy();
      return;
    }
    if (hungUp.signal.aborted) return;
    response.writeHead(outcome.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(outcome.body));
  }

  async #outcome({ token, method, body, fault }: Request, signal: AbortSignal): Promise<Outcome> {
    try {
      this.#authorize(token);
      if (body instanceof Refusal) throw body;
      const { params, files } = body;
      this.#options.faults.check(fault, method, params.chat_id);
      const result = await this.call(method, params, files, signal);
      return { status: 200, body: { ok: true, result }, description: undefined };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message: description, blame, parameters } = error;
      if (blame === 'bot') this.#options.service.violations.add(method, description);
      const more = parameters ? { parameters } : {};
      return { status: code, body: { ok: false, error_code: code, description, ...more }, description };
    }
  }

  /** Runs a call from a request or a webhook's answer. @throws {Refusal} */
  call(
    method: string,
    params: RequestBody['params'],
    files: RequestBody['files'],
    signal: AbortSignal,
  ): Promise<unknown> {
    if (!isMethodName(method))
      throw new Refusal(404, 'Not Found: method not found (or none that the fake knows)', 'bot');
    const { service } = this.#options;
    const complain = (text: string) => service.violations.add(method, text);
    return run(method, { service, files, signal, complain }, params);
  }

  #authorize(token: string): void {
    if (token === this.#options.token) return;
    // A path without anything like a token is no bot's address.
    if (!/^\d+:[\w-]+$/.test(token)) throw new Refusal(404, 'Not Found', 'bot');
    throw new Refusal(401, 'Unauthorized', 'bot');
  }
}

/** Reads a body; null if it broke off, since nobody waits for an answer then. */
function onlyRefusal(error: unknown): Refusal | null {
  return error instanceof Refusal ? error : null;
}
