import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainHttp } from './plain-http.ts';
import { continuation, nullPacket, PMT_PID, pat, pes, pmt } from './ts-packets.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A provider's streaming server on this machine, with the answers that the test sets. */
export class Origin {
  /** The requested paths, oldest first. */
  readonly requests: string[] = [];
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #next: Answer[] = [];
  #always: Answer = (_, response) => response.writeHead(404).end();

  readonly http = plainHttp;
  #open = 0;

  /** The number of connections with an unfinished answer. */
  get open(): number {
    return this.#open;
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** The answers in order; the last one repeats. */
  answer(...answers: Answer[]): void {
    this.#next = answers.slice(0, -1);
    this.#always = answers.at(-1) ?? this.#always;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.url ?? '');
    this.#open++;
    response.once('close', () => this.#open--);
    (this.#next.shift() ?? this.#always)(request, response);
  }
}

/** The beginning of a channel: PAT, PMT and a few packets. */
export const television: Buffer = Buffer.concat([
  pat(),
  pmt([{ type: 0x1b }, { type: 0x0f, pid: 0x101 }], PMT_PID),
  pes({ pts: 0, keyframe: true }),
  aacFrame(),
  continuation(),
  nullPacket(),
]);

/** The beginning of AAC at 44.1 kHz. */
export function aacFrame(pid = 0x101): Buffer {
  const packet = pes({ pid, pts: 0, streamId: 0xc0 });
  packet.set([0xff, 0xf1, 0x50, 0x80], 18);
  return packet;
}

/** Sends this answer and keeps the connection open. */
export function sends(body: Buffer | string = television): Answer {
  return (_, response) => response.writeHead(200, { 'content-type': 'video/mp2t' }).write(body);
}

/** Sends this answer and closes it. */
export function says(
  status: number,
  body: Buffer | string = '',
  headers: Record<string, string> = {},
): Answer {
  return (_, response) => response.writeHead(status, headers).end(body);
}

/** Sends only headers, or nothing at all. */
export function silence(headers = false): Answer {
  return (_, response) => {
    if (headers) response.writeHead(200).flushHeaders();
  };
}
