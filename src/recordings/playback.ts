import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AppError } from '../domain/errors.ts';
import { hasFile, isOver } from '../domain/recording.ts';
import type { Span } from '../domain/span.ts';
import type { Clock } from '../lib/clock.ts';
import type { RecordedStream, RecordedStreams } from '../stream/tuner/recorded-reader.ts';
import { finishedPlaylist, segmentsOf } from './finished-playlist.ts';
import { readCues } from './matroska-cues.ts';
import type { Recordings } from './recordings.ts';
import { segmentOfFile } from './segment-of-file.ts';
import { type Stretch, streamOfFile } from './stream-of-file.ts';
import { streamOfParts } from './stream-of-parts.ts';
import { UnfinishedFolder } from './unfinished-folder.ts';
import type { Watchers } from './watchers.ts';

export interface PlaybackOptions {
  readonly recordings: Pick<Recordings, 'get' | 'fileOf' | 'read'>;
  /** The folder of all recordings. */
  readonly root: string;
  readonly watchers: Pick<Watchers, 'note'>;
  readonly ffmpegPath: string;
  readonly clock: Clock;
}

/** Reads recordings for screens and browsers: those that run from their parts, the others from their files. */
export class Playback implements RecordedStreams {
  readonly #options: PlaybackOptions;
  /** By the file. */
  readonly #segments = new LRUCache<string, readonly Span[]>({ max: 20 });

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  async open(id: number, at: number, signal: AbortSignal): Promise<RecordedStream> {
    const { start } = this.#options.recordings.get(id);
    const { from, bytes } = await this.#stretch(id, Math.max(0, at - start) / 1000, signal);
    return { from: start + from * 1000, bytes };
  }

  /**
   * The playlist of a finished recording; null where its file has no index. @param query behind each address.
   * @throws AppError recording_unknown, recording_not_ready, recording_file_gone
   */
  async playlistOf(id: number, query: string): Promise<string | null> {
    const segments = await this.#segmentsOf(await this.#fileOf(id));
    return segments && finishedPlaylist(segments, query);
  }

  /** A segment that the playlist lists. @throws AppError as `playlistOf`, not_found */
  async segmentOf(id: number, number: number, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const { recordings, ffmpegPath } = this.#options;
    const path = await this.#fileOf(id);
    const span = (await this.#segmentsOf(path))?.[number];
    if (!span) throw new AppError('not_found');
    const bytes = await segmentOfFile(path, span, null, { ffmpegPath, signal });
    return held(bytes, () => recordings.read(id));
  }

  async #fileOf(id: number): Promise<string> {
    const { root, file } = await this.#options.recordings.fileOf(id);
    return join(root, file);
  }

  async #segmentsOf(path: string): Promise<readonly Span[] | null> {
    const known = this.#segments.get(path);
    if (known) return known;
    const cues = await readCues(path);
    if (!cues || cues.keyframes.length === 0) return null;
    const segments = segmentsOf(cues);
    this.#segments.set(path, segments);
    return segments;
  }

  async #stretch(id: number, seconds: number, signal: AbortSignal): Promise<Stretch> {
    const { recordings, root, watchers, ffmpegPath, clock } = this.#options;
    if (hasFile(recordings.get(id))) {
      const stretch = await streamOfFile(await this.#fileOf(id), seconds, { ffmpegPath, signal });
      return { ...stretch, bytes: held(stretch.bytes, () => recordings.read(id)) };
    }
    const folder = new UnfinishedFolder(root, id, clock);
    if ((await folder.parts()).length === 0) throw new AppError('recording_not_ready');
    return streamOfParts(seconds, {
      folder,
      isOver: () => isOver(recordings.get(id)),
      onRead: () => watchers.note(id),
      clock,
      signal,
    });
  }
}

/** Has a recording noted as read for as long as its bytes are. */
async function* held(bytes: AsyncIterable<Buffer>, read: () => () => void): AsyncGenerator<Buffer> {
  const end = read();
  try {
    yield* bytes;
  } finally {
    end();
  }
}
