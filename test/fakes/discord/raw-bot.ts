import { WebSocket } from 'ws';
import { Changes } from './changes.ts';
import type { FakeDiscord } from './fake-discord.ts';
import { token } from './scene.ts';

interface Packet {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: unknown;
}

/** A bot without a library, which sends the gateway exactly what a test sets. */
export class RawBot {
  readonly packets: Packet[] = [];
  /** The code with which the connection was closed. */
  closed: number | undefined;
  readonly #socket: WebSocket;
  readonly #changes = new Changes();
  #interactions = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Connects and waits for HELLO. */
  static async connect(fake: FakeDiscord, query = 'v=10&encoding=json'): Promise<RawBot> {
    const address = fake.api.replace('http:', 'ws:').replace('/api', `/?${query}`);
    const bot = new RawBot(new WebSocket(address));
    bot.#listen();
    await bot.received(10);
    return bot;
  }

  #listen(): void {
    this.#socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) this.packets.push(JSON.parse(data.toString('utf8')));
      this.#changes.notify();
    });
    this.#socket.on('close', (code) => {
      this.closed = code;
      this.#changes.notify();
    });
    // A refused connection shows in `closed`.
    this.#socket.on('error', () => {});
  }

  send(op: number, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  identify(more: object = {}): void {
    const properties = { os: 'linux', browser: 'raw', device: 'raw' };
    this.send(2, { token, intents: 1, properties, ...more });
  }

  /** Waits for the n-th event of a kind and returns its data. */
  async event(name: string, n = 1): Promise<Readonly<Record<string, unknown>>> {
    const found = await this.#changes.until(
      () => this.packets.filter(({ t }) => t === name)[n - 1],
      () => `${name}, among ${this.packets.map(({ op, t }) => t ?? op).join()}`,
    );
    return found.d as Readonly<Record<string, unknown>>;
  }

  /** Waits for the next interaction not yet returned. */
  async interaction(): Promise<{ readonly id: string; readonly token: string }> {
    this.#interactions += 1;
    const { id, token: own } = await this.event('INTERACTION_CREATE', this.#interactions);
    return { id: String(id), token: String(own) };
  }

  received(op: number, n = 1): Promise<Packet> {
    return this.#changes.until(
      () => this.packets.filter((packet) => packet.op === op)[n - 1],
      () => `op ${op}, among ${this.packets.map((packet) => packet.op).join()}`,
    );
  }

  closedWith(): Promise<number> {
    return this.#changes.until(
      () => this.closed,
      () => 'the connection to close',
    );
  }

  close(code?: number): void {
    this.#socket.close(code);
  }
}
