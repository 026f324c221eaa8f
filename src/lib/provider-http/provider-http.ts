import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { connect as connectNet, type LookupFunction, type NetConnectOpts } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { CookieJar } from './cookie-jar.ts';
import { HeadMender } from './head-mender.ts';
import { nextAddress, RedirectError } from './next-address.ts';
import { checkCertificate, type TlsAccept, tlsOptionsFor } from './tls-accept.ts';
import { unpacked } from './unpacked.ts';

export interface ProviderHttpOptions {
  readonly accept: TlsAccept;
  /** Is asked before each request: how to look up its host. Rejects where that may not be asked. By default Node's own way. */
  readonly admit?: (address: URL) => Promise<LookupFunction>;
}

export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeouts: HttpTimeouts;
  /** To be kept from one request to the next; else for the redirects of one. */
  readonly cookies?: CookieJar;
  /** Unpacks also what the headers do not call packed. */
  readonly looksIntoBody?: boolean;
  /** Given, it is told why the connection broke, and the body ends there without an error: it shows whether it is whole. */
  readonly onCut?: (error: unknown) => void;
}

/** Milliseconds; 0 for no limit. */
export interface HttpTimeouts {
  readonly connect?: number;
  /** From the connection to the head of the answer. */
  readonly firstByte: number;
  /** Between two bytes of the body, unless it waits for whoever reads it. */
  readonly silence: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Unpacked. */
  readonly body: Readable;
  /** Where redirects have led. A secret like the address that was asked. */
  readonly address: URL;
}

/** Nothing came for too long: `CONNECT_TIMEOUT`, `HEAD_TIMEOUT` or `BODY_TIMEOUT`. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
  readonly code: 'CONNECT_TIMEOUT' | 'HEAD_TIMEOUT' | 'BODY_TIMEOUT';

  constructor(code: SilenceError['code']) {
    super(`nothing came in time (${code})`);
    this.code = code;
  }
}

const CONNECT_TIMEOUT = 8_000;
const MOST_REDIRECTS = 20;
const LARGEST_HEAD = 512 * 1024;

/**
 * Asks providers as a set-top box does: puts up with what is not quite HTTP (head-mender.ts), follows redirects with cookies,
 * and unpacks what comes. One connection serves one answer, since many panels break a connection that is used again.
 */
export class ProviderHttp {
  readonly #options: ProviderHttpOptions;
  readonly #plain = new PlainAgent();
  readonly #secure: SecureAgent;

  constructor(options: ProviderHttpOptions) {
    this.#options = options;
    this.#secure = new SecureAgent(options.accept);
  }

  /** Ends all connections. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  /**
   * Resolves with the head of an answer of any status that leads nowhere else.
   * @throws RedirectError, CertificateError, SilenceError, the signal's reason, or what the network throws, which may name
   *   the address.
   */
  async get(url: string | URL, options: GetOptions): Promise<HttpAnswer> {
    const cookies = options.cookies ?? new CookieJar();
    const asked = new Set<string>();
    let address = new URL(url);
    for (;;) {
      const cookie = cookies.headerFor(address);
      // A server may lead to itself once it has set a cookie, but not twice with the same ones.
      const question = `${address.href} ${cookie}`;
      if (asked.has(question) || asked.size > MOST_REDIRECTS)
        throw new RedirectError('redirects without an end');
      asked.add(question);
      const answer = await this.#ask(address, cookie, options);
      cookies.keep(address, answer.headers['set-cookie']);
      const next = this.#next(answer);
      if (!next) return answer;
      answer.body.on('error', () => {}).destroy();
      address = next;
    }
  }

  #next({ status, headers, body, address }: HttpAnswer): URL | null {
    try {
      return nextAddress(status, headers.location, address);
    } catch (error) {
      body.on('error', () => {}).destroy();
      throw error;
    }
  }

  async #ask(address: URL, cookie: string, options: GetOptions): Promise<HttpAnswer> {
    const { signal, timeouts } = options;
    const lookup = await this.#options.admit?.(address);
    signal.throwIfAborted();
    const isSecure = address.protocol === 'https:';
    const request = (isSecure ? requestHttps : requestHttp)(address, {
      agent: isSecure ? this.#secure : this.#plain,
      ...(lookup ? { lookup } : {}),
      headers: { ...options.headers, ...(cookie ? { cookie } : {}) },
      insecureHTTPParser: true,
      maxHeaderSize: LARGEST_HEAD,
      signal,
    });
    limitStart(request, timeouts);
    return new Promise((resolve, reject) => {
      request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
      // Another protocol than was asked for (101) is no answer, and no error of Node's either.
      request.once('close', () => reject(Object.assign(new Error('no answer'), { code: 'ECONNRESET' })));
      request.on('response', (response) => {
        // It may end while nobody reads it yet.
        response.on('error', () => {});
        limitSilence(response, timeouts.silence);
        // Node takes the end of an aborted connection for the end of a body without a length.
        const abort = () => response.destroy(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        response.once('close', () => signal.removeEventListener('abort', abort));
        const { statusCode: status = 0, headers } = response;
        const coding = headers['content-encoding'];
        const isPacked = options.looksIntoBody || (coding !== undefined && coding !== 'identity');
        const whole = options.onCut ? Readable.from(untilCut(response, options)) : response;
        const body = isPacked ? unpacked(whole, coding) : whole;
        // Whoever lets go of the one lets go of the other.
        body.once('close', () => response.destroy());
        resolve({ status, headers, body, address });
      });
      request.end();
    });
  }
}

/** Ends a request that finds no connection, or gets no head, in time. */
function limitStart(request: ClientRequest, { connect = CONNECT_TIMEOUT, firstByte }: HttpTimeouts): void {
  let timer: NodeJS.Timeout | undefined;
  const limit = (delay: number, code: SilenceError['code']) => {
    clearTimeout(timer);
    if (delay > 0) timer = setTimeout(() => request.destroy(new SilenceError(code)), delay);
  };
  limit(connect, 'CONNECT_TIMEOUT');
  request.once('socket', (socket) => {
    const connected = () => limit(firstByte, 'HEAD_TIMEOUT');
    if (socket.connecting) socket.once('connect', connected);
    else connected();
  });
  request.once('response', () => clearTimeout(timer));
  request.once('close', () => clearTimeout(timer));
}

function limitSilence(
  response: Readable & { socket: { readonly bytesRead: number } },
  silence: number,
): void {
  if (silence === 0) return;
  const { socket } = response;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const isSilent = socket.bytesRead === seen && response.readableLength === 0;
    seen = socket.bytesRead;
    if (isSilent) response.destroy(new SilenceError('BODY_TIMEOUT'));
  }, silence);
  response.once('close', () => clearInterval(timer));
}

async function* untilCut(body: Readable, { onCut, signal }: GetOptions): AsyncGenerator<Buffer> {
  try {
    yield* body as AsyncIterable<Buffer>;
  } catch (error) {
    if (!onCut || signal.aborted) throw signal.aborted ? signal.reason : error;
    onCut(error);
    // What had come and was not asked for yet.
    for (let rest: unknown = body.read(); rest !== null; rest = body.read()) yield rest as Buffer;
  }
}

class PlainAgent extends HttpAgent {
  override createConnection(options: NetConnectOpts): Duplex {
    const socket = connectNet(options);
    mendAnswer(socket);
    return socket;
  }
}

/** Hands a connection over once its certificate has been looked at. */
class SecureAgent extends HttpsAgent {
  readonly #accept: TlsAccept;

  constructor(accept: TlsAccept) {
    super();
    this.#accept = accept;
  }

  override createConnection(
    options: ConnectionOptions,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const host = options.host ?? '';
    const socket = connectTls({ ...options, ...tlsOptionsFor(this.#accept, host) });
    const failed = (error: Error) => callback?.(error, socket);
    socket.once('error', failed);
    socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy(new SilenceError('CONNECT_TIMEOUT')));
    socket.once('secureConnect', () => {
      socket.setTimeout(0);
      const refusal = checkCertificate(this.#accept, host, socket);
      if (refusal) {
        socket.destroy(refusal);
        return;
      }
      socket.off('error', failed);
      mendAnswer(socket);
      callback?.(null, socket);
    });
  }
}

/** Has the parser read the head of what comes as HeadMender writes it. */
function mendAnswer(socket: Duplex): void {
  const mender = new HeadMender();
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const mended = Buffer.isBuffer(chunk) ? mender.take(chunk) : mender.end();
    if (mender.isDone || chunk === null) socket.push = push;
    const goesOn = mended === null || push(mended, encoding);
    return chunk === null ? push(null) : goesOn;
  };
}
