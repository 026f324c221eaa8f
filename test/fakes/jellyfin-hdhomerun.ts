import { createSocket } from 'node:dgram';
import { z } from 'zod';

/** A number or a word for yes and no, as Jellyfin reads both. */
const flag = z.union([z.boolean(), z.number().transform(Boolean), z.stringbool()]).default(false);
const discoverSchema = z.object({
  FriendlyName: z.string(),
  ModelNumber: z.string().default(''),
  DeviceID: z.string(),
  BaseURL: z.string().optional(),
  LineupURL: z.string().optional(),
  TunerCount: z.number().default(0),
});
const lineUpSchema = z.array(
  z.object({
    GuideNumber: z.string(),
    GuideName: z.string(),
    VideoCodec: z.string().optional(),
    AudioCodec: z.string().optional(),
    URL: z.string(),
    Favorite: flag,
    DRM: flag,
    HD: flag,
  }),
);

export interface JellyfinChannel {
  /** It keeps favourites, recordings and the guide by this id. */
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly isHd: boolean;
  readonly url: string;
}

/** How Jellyfin plays a channel. */
export interface JellyfinSource {
  readonly url: string;
  /** Bits per second that it reckons with until it has probed the stream. */
  readonly bitrate: number;
  /** Further sources, for which it would ask the tuner to transcode. */
  readonly transcodings: readonly string[];
}

const HTTP_OK = 200;
const NOT_FOUND = 404;

/** A Jellyfin server's HDHomeRun tuner: what it asks, and what it makes of the answers. It knows nothing of Zapette. */
export class JellyfinHdHomeRun {
  readonly #base: string;
  #discovered: Promise<z.infer<typeof discoverSchema> | null> | null = null;
  #channels: readonly JellyfinChannel[] = [];
  readonly #streams = new Map<string, AbortController>();

  /** @param typed the address as its owner has typed it. */
  constructor(typed: string) {
    const withScheme = /^https?:\/\//i.test(typed) ? typed : `http://${typed}`;
    this.#base = new URL(withScheme).href.replace(/\/+$/, '');
  }

  /** Adds the tuner. @throws Error where there is none */
  async add(): Promise<{ name: string; deviceId: string; tuners: number }> {
    const found = await this.#discover();
    return {
      name: found?.FriendlyName ?? 'HDHR',
      deviceId: found?.DeviceID ?? '',
      tuners: found?.TunerCount ?? 0,
    };
  }

  async channels(): Promise<readonly JellyfinChannel[]> {
    const found = await this.#discover();
    const response = await fetch(found?.LineupURL ?? `${this.#base}/lineup.json`);
    if (response.status !== HTTP_OK) throw new Error(`no line-up: ${response.status}`);
    this.#channels = lineUpSchema
      .parse(await response.json())
      .filter(({ DRM }) => !DRM)
      .map(({ GuideNumber, GuideName, HD, URL: url }) => ({
        id: `hdhr_${GuideNumber}`,
        number: GuideNumber,
        name: GuideName,
        isHd: HD,
        url,
      }));
    return this.#channels;
  }

  /** @throws Error where the id leads to no channel */
  async source(id: string): Promise<JellyfinSource> {
    const [, number] = id.split('_');
    const channel = this.#channels.find((each) => each.number === number);
    if (!channel) throw new Error(`no channel ${id}`);
    const found = await this.#discover();
    const profiles = ['heavy', 'mobile', 'internet540', 'internet480', 'internet360', 'internet240'];
    const canTranscode = found?.ModelNumber.includes('HDTC') ?? false;
    return {
      url: channel.url,
      bitrate: channel.isHd ? 15_000_000 : 2_000_000,
      transcodings: canTranscode ? profiles.map((profile) => `${channel.url}?transcode=${profile}`) : [],
    };
  }

  /** Opens a channel for all its viewers at once. @returns its body. @throws Error where it does not play */
  async open(id: string): Promise<ReadableStream<Uint8Array>> {
    const found = await this.#discover();
    if (found && found.TunerCount > 0 && this.#streams.size >= found.TunerCount)
      throw new Error('all tuners are in use');
    const leave = new AbortController();
    const { url } = await this.source(id);
    const response = await fetch(url, { signal: leave.signal });
    if (response.status !== HTTP_OK || !response.body) throw new Error(`does not play: ${response.status}`);
    this.#streams.set(id, leave);
    return response.body;
  }

  /** The last viewer of a channel has left. */
  close(id: string): void {
    this.#streams.get(id)?.abort();
    this.#streams.delete(id);
  }

  /** The answer is kept until the tuner is saved again. */
  #discover(): Promise<z.infer<typeof discoverSchema> | null> {
    this.#discovered ??= this.#askForDevice();
    return this.#discovered;
  }

  /** Null for a device of the first generation, which has no such document. */
  async #askForDevice(): Promise<z.infer<typeof discoverSchema> | null> {
    const response = await fetch(`${this.#base}/discover.json`);
    if (response.status === NOT_FOUND) return null;
    if (response.status !== HTTP_OK) throw new Error(`no tuner: ${response.status}`);
    return discoverSchema.parse(await response.json());
  }
}

const REQUEST = Buffer.from('0002000c0104ffffffff0204ffffffff73cc7d8f', 'hex');
const SHORTEST_REPLY = 14;
const REPLY = 3;
/** Milliseconds. */
const PATIENCE = 1_500;

/** Looks for tuners. @returns the address at which it asks for discover.json, and the answer. @throws Error where none answers in time */
export async function discoverAsJellyfin(
  address: string,
  port: number,
): Promise<{ address: string; text: string }> {
  const socket = createSocket('udp4');
  try {
    return await new Promise((resolve, reject) => {
      AbortSignal.timeout(PATIENCE).addEventListener('abort', () =>
        reject(new Error('no tuner has answered')),
      );
      socket.on('message', (packet, from) => {
        if (packet.length >= SHORTEST_REPLY && packet[1] === REPLY)
          resolve({ address: `http://${from.address}`, text: packet.toString('latin1') });
      });
      socket.send(REQUEST, port, address);
    });
  } finally {
    socket.close();
  }
}
