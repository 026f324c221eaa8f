import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import { isOver, type Recording, type RecordingFiles, type RecordingReason } from '../domain/recording.ts';
import type { Span } from '../domain/span.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { StoredChannel } from '../store/channel-moves.ts';
import type { StoredRecordings } from '../store/recordings.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';
import { dueTimes } from './due-times.ts';
import { Finisher } from './finisher.ts';
import { withHole } from './holes.ts';
import { Recorder } from './recorder.ts';
import { UnfinishedFolder } from './unfinished-folder.ts';
import type { Watchers } from './watchers.ts';

export interface ScheduleOptions {
  readonly stored: StoredRecordings;
  /** The folder of all recordings. */
  readonly root: string;
  readonly watchers: Pick<Watchers, 'isWatched'>;
  /** Bytes that must stay free on the disk. */
  readonly leastFree: () => number;
  readonly tuners: Pick<Tuners, 'acquire'>;
  readonly ffmpegPath: string;
  readonly files: () => RecordingFiles;
  /** Called with the absolute path of each finished file. */
  readonly onFile: (path: string) => void;
  /** A channel's name for people. */
  readonly labelOf: (channel: StoredChannel) => string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
}

/** Milliseconds between two looks at the most, since the wall clock may be set. */
const LONGEST_WAIT = 30_000;
/** Milliseconds that opening a channel may take before the beginning counts as missing. */
const OPENING = 10_000;
/** Milliseconds for a slow disk to take the end of a recording. */
const PATIENCE = 60_000;
/** Milliseconds before its end in which a recording may have broken off without missing anything. */
const LAST_MOMENT = 1_000;
/** The same for an archive, whose pictures have no exact times. */
const LAST_MOMENT_OF_ARCHIVE = 10_000;

/** Begins what is due, goes on after a restart with what is not over, and ends what is. */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #finisher: Finisher;
  readonly #recorders = new Map<number, Promise<Recorder>>();
  /** Recordings that are being ended. */
  readonly #endings = new Map<number, Promise<void>>();
  /** Recordings that are being removed, for which nothing is done any more. */
  readonly #dropped = new Set<number>();
  #starting: Promise<void> = Promise.resolve();
  #isStopped = false;
  #isRunning = false;
  #cancel = () => {};

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#finisher = new Finisher(options);
  }

  start(): void {
    this.#starting = this.#tidy().then(() => {
      this.#isRunning = !this.#isStopped;
      this.look();
    });
  }

  /** Closes all parts, and gives all connections back; the next start goes on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#starting;
    this.#isRunning = false;
    this.#cancel();
    const recorders = [...this.#recorders.values()];
    await Promise.all([
      this.#finisher.stop(),
      ...recorders.map(async (recorder) => (await recorder).stop()),
      ...this.#endings.values(),
    ]);
    this.#recorders.clear();
  }

  /** Looks at all recordings now, after one was planned or changed. */
  look(): void {
    this.#cancel();
    if (!this.#isRunning) return;
    const { stored, clock } = this.#options;
    const now = clock.now();
    let next = now + LONGEST_WAIT;
    for (const recording of stored.all()) {
      const { id } = recording;
      const { from, to } = dueTimes(recording);
      if (this.#dropped.has(id) || this.#endings.has(id)) continue;
      if (recording.state === 'finishing') this.#finisher.finish(id);
      if (isOver(recording)) continue;
      if (to <= now) {
        this.#end(recording);
        continue;
      }
      if (from <= now && !this.#recorders.has(id)) this.#recorders.set(id, this.#begin(recording));
      next = Math.min(next, from > now ? from : to);
    }
    this.#cancel = clock.after(next - now, () => this.look());
  }

  /** Ends all work on a recording, without making a file of it; nothing more is done for it. */
  async drop(id: number): Promise<void> {
    this.#dropped.add(id);
    await this.#endings.get(id);
    await (await this.#recorders.get(id))?.stop();
    this.#recorders.delete(id);
    await this.#finisher.drop(id);
    await this.#folderOf(id).remove();
  }

  /** Ends the recorder of a recording that will be taken from the archive; what has been recorded stays until that has begun. */
  async halt(id: number): Promise<void> {
    const { stored, clock } = this.#options;
    const recorder = await this.#recorders.get(id);
    const recording = stored.find(id);
    if (!recorder || !recording) return;
    const from = (await recorder.stop()) ?? clock.now();
    this.#recorders.delete(id);
    if ((await this.#folderOf(id).parts()).length > 0 && from < recording.stop)
      this.#noteHole(id, { from, to: recording.stop }, 'archive_missing');
  }

  async #begin({ id, start, stop, state, isFromArchive }: Recording): Promise<Recorder> {
    const { stored, clock, logger, labelOf } = this.#options;
    const folder = this.#folderOf(id);
    const last = (await folder.parts()).at(-1);
    const { until, live } = isFromArchive ? await folder.archived() : { until: null, live: [] };
    const wasBegun = isFromArchive ? until !== null : last !== undefined;
    let isReplacing = live.length > 0;
    if (state === 'planned') stored.change(id, { state: 'waiting' });
    else this.#note(id, 'recording_interrupted');
    const recorder = new Recorder(
      {
        wish: (from) => {
          const recording = stored.find(id) ?? raise();
          return {
            channelId: recording.channelId,
            name: `${labelOf(recording)} (● ${recording.title})`,
            ...(isFromArchive ? { past: { from, to: stop } } : {}),
          };
        },
        folder,
        prepare: () => folder.prepare(this.#options.leastFree()),
        nextPart: (last?.number ?? 0) + 1,
        missingSince: until ?? (last && !isFromArchive ? Math.min(last.writtenAt, clock.now()) : start),
        allowance: wasBegun ? 0 : OPENING,
        onRecording: () => {
          if (isReplacing) {
            isReplacing = false;
            stored.change(id, { holes: [] });
            folder.removeParts(live).catch((err: unknown) => {
              logger.warn({ recording: id, err }, 'parts that the archive replaces could not be deleted');
            });
          }
          const { holes = [], reason = null } = stored.find(id) ?? {};
          stored.change(id, { state: 'recording', reason: holes.length > 0 ? reason : null });
        },
        onWaiting: ({ code, params }) => stored.change(id, { state: 'waiting', reason: { code, params } }),
        onOver: () => {
          const recording = stored.find(id);
          if (recording && this.#isRunning && !this.#dropped.has(id)) this.#end(recording);
        },
        onHole: (hole, code) => this.#noteHole(id, hole, code),
      },
      {
        ...this.#options,
        random: this.#options.random ?? Math.random,
        logger: logger.child({ recording: id }),
      },
    );
    if (this.#isRunning && !this.#dropped.has(id)) recorder.start();
    return recorder;
  }

  #end(recording: Recording): void {
    const { id } = recording;
    const ending = this.#finish(recording)
      .catch((err: unknown) =>
        this.#options.logger.error({ err, recording: id }, 'a recording did not end well'),
      )
      .finally(() => {
        this.#recorders.delete(id);
        this.#endings.delete(id);
        this.look();
      });
    this.#endings.set(id, ending);
  }

  async #finish(recording: Recording): Promise<void> {
    const { stored, clock } = this.#options;
    const { id, stop, isFromArchive } = recording;
    const recorder = await this.#recorders.get(id);
    const missingSince = await recorder?.stop(PATIENCE);
    const folder = this.#folderOf(id);
    const parts = await folder.parts();
    const last = parts.at(-1);
    if (!last) {
      const never = recorder ? 'channel_silent' : 'recording_missed';
      // What was written is gone.
      const reason =
        stored.find(id)?.reason ?? toReason(recording.state === 'recording' ? 'recordings_folder' : never);
      stored.change(id, { state: 'failed', reason });
      await folder.remove();
      return;
    }
    const until = Math.min(stop, clock.now());
    const since = isFromArchive
      ? await this.#archivedUntil(folder, missingSince)
      : recorder
        ? missingSince
        : last.writtenAt;
    if (since != null && since < until - (isFromArchive ? LAST_MOMENT_OF_ARCHIVE : LAST_MOMENT)) {
      if (isFromArchive) this.#note(id, 'archive_short');
      else this.#note(id, recorder ? 'recordings_disk_slow' : 'recording_interrupted');
      this.#noteHole(id, { from: since, to: until });
    }
    stored.change(id, { state: 'finishing' });
  }

  /** Where the archive has ended, in epoch milliseconds; null where nothing of it came, so that the file is what was recorded before. */
  async #archivedUntil(
    folder: UnfinishedFolder,
    missingSince: number | null | undefined,
  ): Promise<number | null> {
    const { until, live } = await folder.archived();
    if (until === null && live.length > 0) return null;
    return missingSince ?? until;
  }

  #noteHole(id: number, hole: Span, code?: ErrorCode): void {
    const { stored, logger } = this.#options;
    const known = stored.find(id);
    if (!known) return;
    logger.info({ recording: id, from: hole.from, to: hole.to }, 'a recording has a hole');
    // Whatever is missing has a reason: that of the last wait, or that nothing came.
    const reason = code ? toReason(code) : (known.reason ?? toReason('channel_silent'));
    stored.change(id, { holes: withHole(known.holes, hole), reason });
  }

  /** Notes why something is missing, unless that is known. */
  #note(id: number, code: ErrorCode): void {
    const { stored } = this.#options;
    if (stored.find(id)?.reason === null) stored.change(id, { reason: toReason(code) });
  }

  /**
   * Deletes what a former process has left of recordings that are one file or were removed. Parts that nobody knows, since an
   * older database was put back, get another name, so that no recording with the same id takes them for its own.
   */
  async #tidy(): Promise<void> {
    const { root, stored, clock, logger } = this.#options;
    const folder = join(root, '.unfinished');
    const names = await readdir(folder).catch(() => []);
    const known = new Set(stored.withRemoved().map(({ id }) => id));
    for (const id of names.filter((name) => /^\d+$/.test(name)).map(Number)) {
      const recording = stored.find(id);
      if (recording && (recording.state === 'finishing' || !isOver(recording))) continue;
      const path = join(folder, String(id));
      if (known.has(id)) await rm(path, { recursive: true, force: true }).catch(() => {});
      else {
        logger.warn({ recording: id }, 'there are parts of a recording that nobody knows; they are kept');
        await rename(path, join(folder, `lost-${id}-${clock.now()}`)).catch(() => {});
      }
    }
  }

  #folderOf(id: number): UnfinishedFolder {
    return new UnfinishedFolder(this.#options.root, id, this.#options.clock);
  }
}

function toReason(code: ErrorCode): RecordingReason {
  return { code, params: {} };
}

function raise(): never {
  throw new AppError('recording_unknown');
}
