import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { AudioTrack, Sound } from '../../domain/audio-track.ts';
import { AppError } from '../../domain/errors.ts';
import { hasFile, isOver, type Recording } from '../../domain/recording.ts';
import type { Span } from '../../domain/span.ts';
import type { Clock } from '../../lib/clock.ts';
import { preferredTrack } from '../../stream/screen/audio-choices.ts';
import type { RecordedStream, RecordedStreams } from '../../stream/tuner/recorded-reader.ts';
import { readIndex } from '../container/read-index.ts';
import type { Recordings } from '../recordings.ts';
import { UnfinishedFolder } from '../unfinished-folder.ts';
import type { Watchers } from '../watchers.ts';
import { finishedPlaylist, segmentsOf } from './finished-playlist.ts';
import { segmentOfFile } from './segment-of-file.ts';
import { type PartRange, segmentOfPart, tracksOfParts } from './segment-of-part.ts';
import { type Stretch, streamOfFile } from './stream-of-file.ts';
import { streamOfParts } from './stream-of-parts.ts';

export interface PlaybackOptions {
  readonly recordings: Pick<Recordings, 'get' | 'fileOf' | 'read'>;
  /** The folder of all recordings. */
  readonly root: string;
  readonly watchers: Pick<Watchers, 'note'>;
  /** Languages of sound, the preferred first. */
  readonly audioLanguages: () => readonly string[];
  readonly ffmpegPath: string;
  readonly clock: Clock;
}

/** What is kept of the index of a finished recording. */
interface IndexedFile {
  readonly segments: readonly Span[];
  readonly tracks: readonly AudioTrack[];
}

/** Reads recordings for screens and browsers: those that run from their parts, the others from their files. */
export class Playback implements RecordedStreams {
  readonly #options: PlaybackOptions;
  /** By the file. */
  readonly #files = new LRUCache<string, IndexedFile>({ max: 20 });

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
    const file = await this.#indexOf(await this.#fileOf(id));
    return file && finishedPlaylist(file.segments, query);
  }

  /**
   * A segment that the playlist lists. @param track the number of the sound for browsers; null for all as it is.
   * @throws AppError as `playlistOf`, not_found
   */
  async segmentOf(
    id: number,
    number: number,
    track: number | null,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Buffer>> {
    const { recordings, ffmpegPath } = this.#options;
    const path = await this.#fileOf(id);
    const file = await this.#indexOf(path);
    const span = file?.segments[number];
    const sound = file?.tracks.find((each) => each.id === track);
    if (!span || (track !== null && !sound)) throw new AppError('not_found');
    const bytes = await segmentOfFile(path, span, sound ?? null, { ffmpegPath, signal });
    return held(bytes, () => recordings.read(id));
  }

  /** A segment of a recording that is not one file yet, for browsers. @throws as `segmentOfPart` */
  async partSegmentOf(
    id: number,
    range: PartRange,
    track: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Buffer>> {
    const { ffmpegPath, watchers } = this.#options;
    const folder = this.#folderOf(id);
    watchers.note(id);
    return segmentOfPart(folder, range, track, { ffmpegPath, signal });
  }

  /** The tracks for browsers, and the one to begin with; none where the file does not tell. @throws AppError recording_unknown */
  async soundOf(id: number): Promise<Sound> {
    const { audioLanguages, recordings } = this.#options;
    const recording = recordings.get(id);
    const tracks = await this.#tracksOf(recording).catch(() => []);
    return { tracks, track: preferredTrack(tracks, audioLanguages()) };
  }

  async #tracksOf(recording: Recording): Promise<readonly AudioTrack[]> {
    if (!hasFile(recording)) return tracksOfParts(this.#folderOf(recording.id));
    return (await this.#indexOf(await this.#fileOf(recording.id)))?.tracks ?? [];
  }

  async #fileOf(id: number): Promise<string> {
    const { root, file } = await this.#options.recordings.fileOf(id);
    return join(root, file);
  }

  #folderOf(id: number): UnfinishedFolder {
    return new UnfinishedFolder(this.#options.root, id, this.#options.clock);
  }

  async #indexOf(path: string): Promise<IndexedFile | null> {
    const known = this.#files.get(path);
    if (known) return known;
    const index = await readIndex(path);
    if (!index) return null;
    const file = { segments: segmentsOf(index), tracks: index.tracks };
    this.#files.set(path, file);
    return file;
  }

  async #stretch(id: number, seconds: number, signal: AbortSignal): Promise<Stretch> {
    const { recordings, watchers, ffmpegPath, clock } = this.#options;
    if (hasFile(recordings.get(id))) {
      const stretch = await streamOfFile(await this.#fileOf(id), seconds, { ffmpegPath, signal });
      return { ...stretch, bytes: held(stretch.bytes, () => recordings.read(id)) };
    }
    const folder = this.#folderOf(id);
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
