import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainHttp } from './plain-http.ts';
import { continuation, nullPacket, PMT_PID, pat, pes, pmt } from './ts-packets.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A provider's streaming server on this machine, answering as the test says. */
export class Origin {
  /** Paths asked for, oldest first. */
  readonly requests: string[] = [];
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #next: Answer[] = [];
  #always: Answer = (_, response) => response.writeHead(404).end();

  readonly http = plainHttp;
  #open = 0;

  /** Connections with an answer that has not ended. */
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

  /** How to answer: each of the first once, the last one from then on. */
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

/** The beginning of a channel: tables and a few packets. */
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

/** Answers with this and keeps the connection open. */
export function sends(body: Buffer | string = television): Answer {
  return (_, response) => response.writeHead(200, { 'content-type': 'video/mp2t' }).write(body);
}

/** Answers with this, and that was it. */
export function says(
  status: number,
  body: Buffer | string = '',
  headers: Record<string, string> = {},
): Answer {
  return (_, response) => response.writeHead(status, headers).end(body);
}

/** Sends the headers, or not even those, and then nothing. */
export function silence(headers = false): Answer {
  return (_, response) => {
    if (headers) response.writeHead(200).flushHeaders();
  };
}
