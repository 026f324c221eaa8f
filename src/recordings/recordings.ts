import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Asker, asker } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { hasFile, isOver, type RecordedProgramme, type Recording } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import type { Emitter } from '../lib/emitter.ts';
import type { StoredChannel } from '../store/channel-moves.ts';
import type { StoredRecordings } from '../store/recordings.ts';
import { type DiskUse, diskFacts, diskUse } from './disk-use.ts';
import { deleteFile } from './finish-recording.ts';
import { recordingPlaylist, type SegmentForm } from './recording-playlist.ts';
import type { Schedule } from './schedule.ts';
import { toDiskError, UnfinishedFolder } from './unfinished-folder.ts';
import type { Watchers } from './watchers.ts';

/** What somebody wants to be recorded. Times are epoch milliseconds. */
export interface RecordingPlan {
  readonly channel: StoredChannel;
  readonly title: string;
  /** A time that is over counts as now. */
  readonly start: number;
  readonly stop: number;
  readonly programme: RecordedProgramme | null;
  readonly isFollowing: boolean;
  /** Whether it is taken from the archive afterwards; then its time may be over. */
  readonly isFromArchive?: boolean;
}

/** What somebody may change of a recording; what is absent stays. */
export interface RecordingEdit {
  readonly title?: string;
  readonly start?: number;
  readonly stop?: number;
  readonly isProtected?: boolean;
}

export interface RecordingsOptions {
  readonly stored: StoredRecordings;
  readonly schedule: Pick<Schedule, 'look' | 'drop' | 'halt'>;
  /** The folder of all recordings. */
  readonly root: string;
  /** Emits after each change of a stored recording. */
  readonly changes: Emitter;
  readonly watchers: Watchers;
  readonly clock: Clock;
}

/** A recording's file for players. */
export interface RecordingFile {
  /** A folder. */
  readonly root: string;
  /** The place below it. */
  readonly file: string;
}

const HOUR = 3_600_000;
const MOST_HOURS = 24;
/** Recordings that are still to end. */
const MOST_TO_COME = 500;

/** The one way to recordings: plans, changes and removes them, and gives out their files. */
export class Recordings {
  readonly #options: RecordingsOptions;
  /** How many read a recording's file. */
  readonly #readers = new Map<number, number>();

  constructor(options: RecordingsOptions) {
    this.#options = options;
  }

  /** Calls back after each change of any recording, until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#options.changes.subscribe(listener);
  }

  /** How much they take on the disk, and how much is free. */
  disk(): Promise<DiskUse> {
    const { root, clock } = this.#options;
    return diskUse(this.all(), diskFacts(root), clock);
  }

  /** By when they begin. */
  all(): Recording[] {
    return this.#options.stored.all();
  }

  /** @throws AppError recording_unknown */
  get(id: number): Recording {
    const recording = this.#options.stored.find(id);
    if (!recording) throw new AppError('recording_unknown');
    return recording;
  }

  /** Plans a recording; it begins at once if it is due. @throws AppError recording_past, recording_ends_early, recording_too_long, recordings_full */
  plan(plan: RecordingPlan, by: Asker): Recording {
    const { stored, schedule, clock } = this.#options;
    const now = clock.now();
    const { isFromArchive = false } = plan;
    const [planned, stop] = [Math.round(plan.start), Math.round(plan.stop)];
    const start = isFromArchive ? planned : Math.max(planned, now);
    checkTimes({ start: planned, stop, now: isFromArchive ? null : now });
    if (stored.all().filter((each) => !isOver(each)).length >= MOST_TO_COME)
      throw new AppError('recordings_full', { most: MOST_TO_COME });
    const id = stored.add({
      ...plan.channel,
      title: plan.title,
      start,
      stop,
      programme: plan.programme,
      isFollowing: plan.isFollowing,
      isFromArchive,
      state: 'planned',
      by: asker(by),
      createdAt: now,
    });
    schedule.look();
    return this.get(id);
  }

  /**
   * Changes a recording. An end that is over ends it now.
   * @throws AppError recording_unknown, recording_over, recording_begun, and as `plan`
   */
  change(id: number, edit: RecordingEdit): Recording {
    const { stored, schedule, clock } = this.#options;
    const known = this.get(id);
    const now = clock.now();
    const start = Math.round(edit.start ?? known.start);
    const stop = Math.round(edit.stop ?? known.stop);
    const isMoved = start !== known.start || stop !== known.stop;
    if (isMoved && isOver(known)) throw new AppError('recording_over');
    if (isMoved && known.isFromArchive) throw new AppError('recording_from_archive');
    if (start !== known.start && known.state !== 'planned') throw new AppError('recording_begun');
    const isEnded = stop <= now && known.state !== 'planned';
    if (isMoved && !isEnded) checkTimes({ start, stop, now });
    stored.change(id, {
      ...{ ...edit, start },
      stop: isMoved && isEnded ? Math.max(now, known.start + 1) : stop,
      // A later end is kept when the programme moves; other times are meant as they are.
      ...(start !== known.start || stop < known.stop ? { isFollowing: false } : {}),
    });
    schedule.look();
    return this.get(id);
  }

  /**
   * Takes a recording from the archive once its time is over; until that has begun, what was recorded stays.
   * @param keeper the variant of the channel that has the archive. @throws AppError recording_unknown, recording_over, archive_missing
   */
  async takeFromArchive(id: number, keeper: Pick<Channel, 'id' | 'name'> | null): Promise<Recording> {
    const { stored, schedule } = this.#options;
    const known = this.get(id);
    if (isOver(known)) throw new AppError('recording_over');
    if (known.isFromArchive) return known;
    if (!keeper) throw new AppError('archive_missing');
    stored.change(id, { isFromArchive: true, channelId: keeper.id, channelName: keeper.name });
    await schedule.halt(id);
    stored.change(id, { state: 'planned', reason: null });
    schedule.look();
    return this.get(id);
  }

  /** Records from now on what was to be taken from the archive. @throws AppError recording_unknown, recording_past, recording_begun */
  recordFromNow(id: number): Recording {
    const { stored, schedule, clock } = this.#options;
    const { isFromArchive, state, start, stop } = this.get(id);
    const now = clock.now();
    if (!isFromArchive) return this.get(id);
    if (stop <= now) throw new AppError('recording_past');
    if (state !== 'planned') throw new AppError('recording_begun');
    stored.change(id, { isFromArchive: false, start: Math.max(start, now) });
    schedule.look();
    return this.get(id);
  }

  /** Records a programme from its beginning to its end, which it goes on following. @throws AppError recording_unknown, recording_over */
  dropMargins(id: number): Recording {
    const { stored, schedule } = this.#options;
    const known = this.get(id);
    if (isOver(known)) throw new AppError('recording_over');
    const { programme, state } = known;
    if (programme)
      stored.change(id, {
        start: state === 'planned' ? Math.max(known.start, programme.start) : known.start,
        stop: Math.min(known.stop, programme.stop),
      });
    schedule.look();
    return this.get(id);
  }

  /** Ends a recording if it runs, and deletes it with its file. @throws AppError recording_unknown, recording_in_use, recordings_folder */
  async remove(id: number): Promise<void> {
    const { stored, schedule, root, clock } = this.#options;
    const { file } = this.get(id);
    if (this.#readers.has(id) || this.#options.watchers.isWatched(id)) throw new AppError('recording_in_use');
    try {
      await schedule.drop(id);
      // It may have got its place meanwhile.
      const last = stored.find(id)?.file ?? file;
      if (last !== null) await deleteFile(root, last);
    } catch (error) {
      throw toDiskError(error);
    }
    stored.remove(id, clock.now());
  }

  /** Where a recording's file is. @throws AppError recording_unknown, recording_not_ready, recording_file_gone */
  async fileOf(id: number): Promise<RecordingFile> {
    const { root } = this.#options;
    const recording = this.get(id);
    const { file } = recording;
    if (file === null || !hasFile(recording)) throw new AppError('recording_not_ready');
    const isThere = await stat(join(root, file)).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isThere) throw new AppError('recording_file_gone');
    return { root, file };
  }

  /**
   * The playlist of a recording while it is not one file; null where it is, or where there is none any more.
   * @param query behind each address, such as `?key=…`. @throws AppError recording_unknown, recording_not_ready
   */
  async playlistOf(id: number, query: string, form: SegmentForm = 'ranges'): Promise<string | null> {
    const { root, watchers, clock } = this.#options;
    const recording = this.get(id);
    const parts = await new UnfinishedFolder(root, id, clock).listedParts();
    if (parts.length > 0) watchers.note(id);
    else if (hasFile(recording)) return null;
    if (!parts.some(({ entries }) => entries.length > 1)) throw new AppError('recording_not_ready');
    return recordingPlaylist(parts, { isOver: isOver(recording), query, form });
  }

  /** Where a part is that the playlist lists. @throws AppError recording_unknown, recording_file_gone */
  async partOf(id: number, number: number): Promise<RecordingFile> {
    const { root, watchers, clock } = this.#options;
    this.get(id);
    const folder = new UnfinishedFolder(root, id, clock);
    const part = (await folder.parts()).find((each) => each.number === number);
    if (!part) throw new AppError('recording_file_gone');
    watchers.note(id);
    return { root: folder.path, file: basename(part.path) };
  }

  /** Notes that somebody reads a recording's file until the returned function is called, so that it is not removed. */
  read(id: number): () => void {
    this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    let isReading = true;
    return () => {
      if (!isReading) return;
      isReading = false;
      const left = (this.#readers.get(id) ?? 1) - 1;
      if (left > 0) this.#readers.set(id, left);
      else this.#readers.delete(id);
    };
  }
}

/** @param now null where the time may be over. */
function checkTimes({ start, stop, now }: { start: number; stop: number; now: number | null }): void {
  if (now !== null && stop <= now) throw new AppError('recording_past');
  if (stop <= start) throw new AppError('recording_ends_early');
  if (stop - Math.max(start, now ?? start) > MOST_HOURS * HOUR)
    throw new AppError('recording_too_long', { hours: MOST_HOURS });
}
