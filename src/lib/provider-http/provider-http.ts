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
import { decompress } from './decompress.ts';
import { nextAddress, RedirectError } from './next-address.ts';
import { ResponseHeadRepairer } from './response-head-repairer.ts';
import { checkCertificate, type TlsAccept, tlsOptionsFor } from './tls-accept.ts';

/** What all requests have in common. */
export interface ProviderHttpOptions {
  readonly accept: TlsAccept;
  /** Called before each request: returns the DNS lookup to use, or rejects if the host is not allowed. Node's lookup by default. */
  readonly admit?: (address: URL) => Promise<LookupFunction>;
}

/** The options of one request and its redirects. */
export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeouts: HttpTimeouts;
  /** Cookies that last from one request to the next; by default they last for the redirects of one request. */
  readonly cookies?: CookieJar;
  /** Also decompresses a body that the headers do not declare as compressed. */
  readonly looksIntoBody?: boolean;
  /** If given, it receives the error of a broken connection, and the body then ends without an error: the content shows whether it is complete. */
  readonly onCut?: (error: unknown) => void;
}

/** Milliseconds; 0 for no limit. */
export interface HttpTimeouts {
  readonly connect?: number;
  /** From the connection to the head of the answer. */
  readonly firstByte: number;
  /** Between two bytes of the body, unless the body waits for its reader. */
  readonly silence: number;
}

/** The final answer after all redirects. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The decompressed body. */
  readonly body: Readable;
  /** The address after all redirects. It is a secret, like the requested address. */
  readonly address: URL;
}

/** A timeout: `CONNECT_TIMEOUT`, `HEAD_TIMEOUT` or `BODY_TIMEOUT`. */
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
 * An HTTP client as tolerant as a set-top box: it repairs malformed heads (response-head-repairer.ts), follows redirects with cookies, and
 * decompresses bodies. Each request has its own connection, since many panels break a connection that is used again.
 */
export class ProviderHttp {
  readonly #options: ProviderHttpOptions;
  readonly #plain = new PlainAgent();
  readonly #secure: SecureAgent;

  constructor(options: ProviderHttpOptions) {
    this.#options = options;
    this.#secure = new SecureAgent(options.accept);
  }

  /** Closes all connections. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  /**
   * Sends a GET request and resolves with the first answer that is not a redirect, whatever its status.
   * @throws RedirectError, CertificateError, SilenceError, the signal's reason, or a network error, whose message may contain
   *   the address.
   */
  async get(url: string | URL, options: GetOptions): Promise<HttpAnswer> {
    const cookies = options.cookies ?? new CookieJar();
    const asked = new Set<string>();
    let address = new URL(url);
    for (;;) {
      const cookie = cookies.headerFor(address);
      // A server may redirect to the same address after it has set a cookie, but not twice with the same cookies.
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
      // A 101 (switching protocols) is no answer, but Node reports no error for it.
      request.once('close', () => reject(Object.assign(new Error('no answer'), { code: 'ECONNRESET' })));
      request.on('response', (response) => {
        // The response may fail before anybody reads it.
        response.on('error', () => {});
        limitSilence(response, timeouts.silence);
        // For a body without a length, Node takes an aborted connection for the regular end.
        const abort = () => response.destroy(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        response.once('close', () => signal.removeEventListener('abort', abort));
        const { statusCode: status = 0, headers } = response;
        const coding = headers['content-encoding'];
        const isPacked = options.looksIntoBody || (coding !== undefined && coding !== 'identity');
        const whole = options.onCut ? Readable.from(untilCut(response, options)) : response;
        const body = isPacked ? decompress(whole, coding) : whole;
        // A reader that destroys the body also closes the connection.
        body.once('close', () => response.destroy());
        resolve({ status, headers, body, address });
      });
      request.end();
    });
  }
}

/** Destroys a request that gets no connection, or no head, in time. */
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

/** Destroys a response that receives no bytes for `silence` milliseconds while its reader waits. */
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

/** Passes the body on and, if the connection breaks, ends after the bytes that had arrived. */
async function* untilCut(body: Readable, { onCut, signal }: GetOptions): AsyncGenerator<Buffer> {
  try {
    yield* body as AsyncIterable<Buffer>;
  } catch (error) {
    if (!onCut || signal.aborted) throw signal.aborted ? signal.reason : error;
    onCut(error);
    // Bytes that had arrived and were not read yet.
    for (let rest: unknown = body.read(); rest !== null; rest = body.read()) yield rest as Buffer;
  }
}

class PlainAgent extends HttpAgent {
  override createConnection(options: NetConnectOpts): Duplex {
    const socket = connectNet(options);
    repairAnswer(socket);
    return socket;
  }
}

/** Hands a connection over after its certificate was checked. */
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
      repairAnswer(socket);
      callback?.(null, socket);
    });
  }
}

/** Passes the head of the answer through a ResponseHeadRepairer before Node's parser reads it. */
function repairAnswer(socket: Duplex): void {
  const repairer = new ResponseHeadRepairer();
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const repaired = Buffer.isBuffer(chunk) ? repairer.take(chunk) : repairer.end();
    if (repairer.isDone || chunk === null) socket.push = push;
    const goesOn = repaired === null || push(repaired, encoding);
    return chunk === null ? push(null) : goesOn;
  };
}
