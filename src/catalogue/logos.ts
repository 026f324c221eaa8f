import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';

export interface Logo {
  readonly contentType: string;
  readonly bytes: Buffer;
}

const LARGEST = 1024 * 1024;
const PATIENCE = 8_000;
const LOGOS_KEPT = 500;
const pictureTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
  'image/x-icon',
]);

/** Channel logos, fetched by us and kept a while, so that no browser ever talks to the provider. */
export class Logos {
  readonly #dispatcher: Dispatcher;
  readonly #known = new Map<string, Promise<Logo>>();

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  /** @throws AppError not_found where the channel has none, or none that is a picture of a sensible size. */
  async get(channel: Channel): Promise<Logo> {
    const address = channel.logo;
    if (!address || !/^https?:\/\//.test(address)) throw new AppError('not_found');
    const known = this.#known.get(address) ?? this.#fetch(address);
    this.#known.delete(address);
    this.#known.set(address, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > LOGOS_KEPT && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  async #fetch(address: string): Promise<Logo> {
    try {
      const { statusCode, headers, body } = await request(address, {
        dispatcher: this.#dispatcher,
        signal: AbortSignal.timeout(PATIENCE),
      });
      const contentType =
        String(headers['content-type'] ?? '')
          .split(';', 1)[0]
          ?.trim() ?? '';
      if (statusCode !== 200 || !pictureTypes.has(contentType)) {
        body.on('error', () => {}).destroy();
        throw new AppError('not_found');
      }
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body) {
        size += (chunk as Buffer).length;
        if (size > LARGEST) throw new AppError('not_found');
        chunks.push(chunk as Buffer);
      }
      return { contentType, bytes: Buffer.concat(chunks) };
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('not_found', {}, { cause: error });
    }
  }
}
