import { LRUCache } from 'lru-cache';
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';

/** The picture of a channel. */
export interface Logo {
  readonly contentType: string;
  readonly bytes: Buffer;
}

const LARGEST = 1024 * 1024;
const PATIENCE = 8_000;
const FRESH_FOR = 24 * 60 * 60_000;
const MOST_BYTES = 32 * 1024 * 1024;
const pictureTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
  'image/x-icon',
]);

/** Whatever has pictures of an account's channels. */
export interface LogoSource {
  /** @throws AppError not_found if there is no picture, or one that is too large. */
  get(channel: Pick<Channel, 'id' | 'logo'>): Promise<Logo>;
}

/** Fetches and caches channel logos and pictures of programmes, so that no browser ever contacts the provider. */
export class Logos {
  readonly #known: LRUCache<string, Logo>;

  constructor(dispatcher: Dispatcher) {
    this.#known = new LRUCache<string, Logo>({
      maxSize: MOST_BYTES,
      sizeCalculation: ({ bytes }) => bytes.length + 1,
      ttl: FRESH_FOR,
      fetchMethod: (address) => fetchLogo(address, dispatcher),
    });
  }

  /** @throws AppError not_found if the channel has no logo, or one that is not a picture of at most 1 MiB. */
  async get(channel: Pick<Channel, 'logo'>): Promise<Logo> {
    const address = channel.logo;
    const isWeb = address !== null && /^https?:\/\//.test(address);
    const logo = isWeb ? await this.#known.fetch(address) : undefined;
    if (!logo) throw new AppError('not_found');
    return logo;
  }
}

async function fetchLogo(address: string, dispatcher: Dispatcher): Promise<Logo> {
  try {
    const { statusCode, headers, body } = await request(address, {
      dispatcher,
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
