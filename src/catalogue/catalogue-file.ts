import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Category, Channel } from '../domain/channel.ts';
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
  id: z.number(),
  number: z.number().nullable(),
  name: z.string(),
  categoryId: z.string().nullable(),
  logo: z.string().nullable(),
  epgId: z.string().nullable(),
});

/**
 * The last good catalogue on disk: a line of counts, then a line a category, then a line a channel, all JSON. A new
 * one replaces the old one whole. Its addresses of logos may name the provider, so nobody else may read it.
 */
export class CatalogueFile {
  readonly #directory: string;
  readonly #file: string;
  readonly #log: Logger;

  constructor(directory: string, log: Logger) {
    this.#directory = directory;
    this.#file = join(directory, 'channels.ndjson');
    this.#log = log;
  }

  /** Null if there is none, or if it cannot be read: that is logged, and the provider has it all anyway. */
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

  /** Throws what the file system throws; the old file stays then. */
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
    for (const list of [categories, channels]) {
      for (const item of list) {
        text += `${JSON.stringify(item)}\n`;
        if (!slices.due()) continue;
        await file.write(text);
        text = '';
        await slices.rest();
      }
    }
    await file.write(text);
    // Else a power cut can leave the new name with none of its bytes.
    await file.sync();
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
        else channels.push(channelLine.parse(value));
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
