import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Category, Channel } from '../domain/channel.ts';
import { fromApiChannelId, type OwnAccount, toApiChannelId } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import type { CatalogueData } from './snapshot.ts';
import { TimeSlices } from './time-slices.ts';

const VERSION = 1;
const header = z.object({
  version: z.literal(VERSION),
  refreshedAt: z.number(),
  categories: z.number(),
  channels: z.number(),
});
const categoryLine = z.object({ id: z.string(), name: z.string() });
const channelLine = z.object({
  id: z.union([z.number(), z.string()]),
  number: z.number().nullable(),
  name: z.string(),
  categoryId: z.string().nullable(),
  logo: z.string().nullable(),
  epgId: z.string().nullable(),
  // Absent in files of earlier versions.
  archiveDays: z.number().default(0),
});

/**
 * The last good catalogue on disk: one JSON line with the counts, then one line per category, then one line per channel. A new
 * file replaces the old one atomically. Only the owner may read it, since the addresses of logos may reveal the provider.
 */
export class CatalogueFile {
  readonly #directory: string;
  readonly #file: string;
  readonly #account: OwnAccount;
  readonly #log: Logger;

  /** @param account the installation's own: its channels are in the file by number, which version 0.2 reads too. */
  constructor(directory: string, account: OwnAccount, log: Logger) {
    this.#account = account;
    this.#directory = directory;
    this.#file = join(directory, 'channels.ndjson');
    this.#log = log;
  }

  /** Null if there is no file. An unreadable file is logged and ignored, since the provider has all the data. */
  async load(signal?: AbortSignal): Promise<CatalogueData | null> {
    try {
      return await this.#read(signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (isMissing(error)) return null;
      this.#log.warn({ err: error }, 'the stored catalogue is damaged and ignored');
      return null;
    }
  }

  /** @throws the file system's error; the old file stays then */
  async save(data: CatalogueData, signal?: AbortSignal): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const temporary = `${this.#file}.new`;
    try {
      await this.#write(temporary, data, signal);
      await rename(temporary, this.#file);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async #write(
    path: string,
    { channels, categories, refreshedAt }: CatalogueData,
    signal?: AbortSignal,
  ): Promise<void> {
    const slices = new TimeSlices(signal);
    await using file = await open(path, 'w', 0o600);
    const counts = {
      version: VERSION,
      refreshedAt,
      categories: categories.length,
      channels: channels.length,
    };
    let text = `${JSON.stringify(counts)}\n`;
    for (const line of this.#linesOf(categories, channels)) {
      text += `${JSON.stringify(line)}\n`;
      if (!slices.due()) continue;
      await file.write(text);
      text = '';
      await slices.rest();
    }
    await file.write(text);
    // Without the sync, a power cut can leave the new name with an empty file.
    await file.sync();
  }

  *#linesOf(categories: readonly Category[], channels: readonly Channel[]): Generator<object> {
    yield* categories;
    for (const channel of channels)
      yield { ...channel, id: toApiChannelId(channel.id, this.#account) } satisfies z.input<
        typeof channelLine
      >;
  }

  /** @throws TypeError, ZodError */
  #toChannel(line: unknown): Channel {
    const { id: given, number, name, categoryId, logo, epgId, archiveDays } = channelLine.parse(line);
    const id = fromApiChannelId(given, this.#account);
    if (id === null) throw new TypeError('no channel id');
    return { id, number, name, categoryId, logo, epgId, archiveDays };
  }

  async #read(signal?: AbortSignal): Promise<CatalogueData> {
    const slices = new TimeSlices(signal);
    const categories: Category[] = [];
    const channels: Channel[] = [];
    let counts: z.output<typeof header> | null = null;
    let rest = '';
    for await (const chunk of createReadStream(this.#file, { encoding: 'utf8' }) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const value: unknown = JSON.parse(line);
        if (!counts) counts = header.parse(value);
        else if (categories.length < counts.categories) categories.push(categoryLine.parse(value));
        else channels.push(this.#toChannel(value));
        if (slices.due()) await slices.rest();
      }
    }
    if (!counts || rest !== '' || channels.length !== counts.channels) throw new Error('the file is cut off');
    return { channels, categories, refreshedAt: counts.refreshedAt };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
