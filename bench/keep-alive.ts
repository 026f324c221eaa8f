import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  /** The body, where it was to be kept. */
  readonly text: string;
}

/** Into which all sockets are read, one after another. */
const shared = Buffer.allocUnsafe(256 * 1024);

/**
 * One connection that stays open and carries one request after another: a small part of what node:http does, and of what it
 * costs, so that thousands of players fit beside the servers that they ask. Answers must have a Content-Length.
 */
export class KeepAlive {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | null = null;
  #waiting: { done: (answer: Answer) => void; fail: (error: Error) => void; keeps: boolean } | null = null;
  #head = '';
  #left = -1;
  #status = 0;
  #bytes = 0;
  #text = '';

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  /** @param keeps whether the body is wanted. @throws where the connection ends or nothing comes for 15 seconds */
  get(path: string, userAgent: string, keeps: boolean): Promise<Answer> {
    return new Promise((done, fail) => {
      this.#waiting = { done, fail, keeps };
      this.#socket ??= this.#open();
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${this.#host}:${this.#port}\r\nUser-Agent: ${userAgent}\r\n\r\n`,
      );
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect({
      host: this.#host,
      port: this.#port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length, buffer) => {
          this.#take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer')));
    const end = (error: Error) => {
      if (socket === this.#socket) this.#end(error);
    };
    socket.on('error', end);
    socket.on('close', () => end(new Error('closed')));
    return socket;
  }

  #take(chunk: Buffer): void {
    let body = chunk;
    if (this.#left < 0) {
      const text = this.#head + chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#head = text;
        return;
      }
      const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
      if (length === undefined) {
        this.#end(new Error('an answer without a Content-Length'));
        return;
      }
      this.#status = Number(text.slice(9, 12));
      this.#left = Number(length);
      body = chunk.subarray(end + 4 - this.#head.length);
      this.#head = '';
    }
    this.#bytes += body.length;
    this.#left -= body.length;
    if (this.#waiting?.keeps) this.#text += body.toString('latin1');
    if (this.#left > 0) return;
    const answer = { status: this.#status, bytes: this.#bytes, text: this.#text };
    const waiting = this.#waiting;
    this.#reset();
    waiting?.done(answer);
  }

  #end(error: Error): void {
    const waiting = this.#waiting;
    this.#socket?.destroy();
    this.#socket = null;
    this.#reset();
    waiting?.fail(error);
  }

  #reset(): void {
    this.#waiting = null;
    this.#left = -1;
    this.#bytes = 0;
    this.#text = '';
    this.#head = '';
  }
}
