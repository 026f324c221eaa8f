import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Span } from '../../domain/span.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { makeFolder } from '../../lib/make-folder.ts';
import type { SegmentRing } from '../../stream/segments/ring/segment-ring.ts';
import { findClipSource } from './clip-source.ts';
import { cutClip, shrinkClip } from './cut-clip.ts';

const schema = z.object({
  title: z.string(),
  from: z.number(),
  to: z.number(),
  madeBy: z.string(),
  madeAt: z.number(),
});

/** A clip, by what its page says. Times are epoch milliseconds. */
export interface Clip extends z.infer<typeof schema> {
  /** Whoever has it may watch the clip. */
  readonly token: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface ClipWish extends Span {
  readonly past: Pick<SegmentRing, 'entries' | 'entryAt' | 'edge' | 'read' | 'watch'>;
  readonly title: string;
  readonly madeBy: string;
}

export interface ClipsOptions {
  readonly folder: string;
  readonly ffmpegPath: string;
  /** Bytes that clips may take of the disk; no limit of its own where it is missing. @throws the system's error */
  readonly share?: () => Promise<number>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** Milliseconds. */
export const SHORTEST_CLIP = 1_000;
export const LONGEST_CLIP = 5 * 60_000;
const LIFETIME = 7 * 24 * 60 * 60_000;
const MOST_BYTES = 1024 ** 3;
/** Wishes that may wait. */
const LONGEST_QUEUE = 5;
const TOKEN_BYTES = 18;

/** Cuts clips of what screens have shown, one at a time, and keeps them for a week, a gigabyte or their share of the disk at most. */
export class Clips {
  readonly #options: ClipsOptions;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #stopping = new AbortController();

  constructor(options: ClipsOptions) {
    this.#options = options;
  }

  /**
   * Cuts a clip. It begins with the last keyframe before the wish where it can be copied.
   * @throws AppError past_missing, clip_length, clips_busy, clip_failed
   */
  async make(wish: ClipWish): Promise<Clip> {
    const length = wish.to - wish.from;
    if (!(length >= SHORTEST_CLIP && length <= LONGEST_CLIP))
      throw new AppError('clip_length', { minutes: LONGEST_CLIP / 60_000 });
    return this.#inTurn(() => this.#make(wish));
  }

  /** The clip with a token; null if there is none any more. */
  async find(token: string): Promise<Clip | null> {
    if (!/^[\w-]{10,64}$/.test(token)) return null;
    try {
      const about = schema.parse(JSON.parse(await readFile(this.#aboutPath(token), 'utf8')));
      const path = this.#path(token);
      const { size } = await stat(path);
      return this.#isOver(about) ? null : { ...about, token, path, size };
    } catch {
      return null;
    }
  }

  /** The clip's file if it has no more than so many bytes, else a smaller one; null where that would not be worth watching. */
  async fit(clip: Clip, size: number): Promise<string | null> {
    if (clip.size <= size) return clip.path;
    const path = join(this.#options.folder, `${clip.token}.${size}.mp4`);
    const seconds = (clip.to - clip.from) / 1000;
    try {
      const made = await this.#inTurn(() =>
        shrinkClip({ path: clip.path, seconds }, size, this.#cutTo(path)),
      );
      return made && (await stat(path)).size <= size ? path : null;
    } catch (err) {
      this.#options.logger.warn({ err }, 'a clip could not be made smaller');
      return null;
    }
  }

  /** Removes the clips whose time is over, and the oldest of those that are too much. Never rejects. */
  async tidy(): Promise<void> {
    const { folder, share = async () => MOST_BYTES, logger } = this.#options;
    const names = await readdir(folder).catch((): string[] => []);
    const tokens = new Set(names.map((name) => name.slice(0, name.indexOf('.'))));
    const clips = await Promise.all(
      [...tokens].map(async (token) => ({ token, clip: await this.find(token) })),
    );
    const newest = clips.flatMap(({ clip }) => clip ?? []).sort((one, other) => other.madeAt - one.madeAt);
    let room = Math.min(MOST_BYTES, await share().catch(() => MOST_BYTES));
    const kept = newest.filter(({ size }) => {
      room -= size;
      return room >= 0;
    });
    const isKept = new Set(kept.map(({ token }) => token));
    try {
      for (const name of names)
        if (!isKept.has(name.slice(0, name.indexOf('.')))) await rm(join(folder, name), { force: true });
    } catch (err) {
      logger.warn({ err }, 'old clips could not be removed');
    }
  }

  /** Gives up the clip that is being cut. */
  stop(): void {
    this.#stopping.abort();
    this.#queue.clear();
  }

  async #make({ past, title, madeBy, ...span }: ClipWish): Promise<Clip> {
    const { folder, clock, logger } = this.#options;
    past.watch();
    const source = await findClipSource(past, span);
    if (!source) throw new AppError('past_missing');
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const unfinished = join(folder, `.${token}.mp4`);
    try {
      await makeFolder(folder);
      await this.tidy();
      const cut = await cutClip(source, { ...span, to: source.end }, this.#cutTo(unfinished));
      const about = { ...cut, title, madeBy, madeAt: clock.now() };
      await writeFile(this.#aboutPath(token), JSON.stringify(about));
      await rename(unfinished, this.#path(token));
      const { size } = await stat(this.#path(token));
      return { ...about, token, path: this.#path(token), size };
    } catch (err) {
      logger.warn({ err }, 'a clip could not be cut');
      await rm(unfinished, { force: true }).catch(() => {});
      throw new AppError('clip_failed');
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#queue.size >= LONGEST_QUEUE) throw new AppError('clips_busy');
    return this.#queue.add(work);
  }

  #cutTo(path: string) {
    return { ffmpegPath: this.#options.ffmpegPath, path, signal: this.#stopping.signal };
  }

  #isOver({ madeAt }: Pick<Clip, 'madeAt'>): boolean {
    return this.#options.clock.now() - madeAt > LIFETIME;
  }

  #path(token: string): string {
    return join(this.#options.folder, `${token}.mp4`);
  }

  #aboutPath(token: string): string {
    return join(this.#options.folder, `${token}.json`);
  }
}
