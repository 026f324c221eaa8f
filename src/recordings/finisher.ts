import { join } from 'node:path';
import PQueue from 'p-queue';
import type { RecordingFiles } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { StoredChannel } from '../store/channel-moves.ts';
import type { StoredRecordings } from '../store/recordings.ts';
import { finishRecording } from './finish-recording.ts';
import { toDiskError, UnfinishedFolder } from './unfinished-folder.ts';
import type { Watchers } from './watchers.ts';

export interface FinisherOptions {
  readonly stored: StoredRecordings;
  /** The folder of all recordings. */
  readonly root: string;
  readonly watchers: Pick<Watchers, 'isWatched'>;
  readonly ffmpegPath: string;
  readonly files: () => RecordingFiles;
  /** Called with the absolute path of each finished file. */
  readonly onFile: (path: string) => void;
  /** A channel's name for people. */
  readonly labelOf: (channel: StoredChannel) => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds between two looks whether somebody still plays the parts. */
const LOOK_FOR_WATCHERS = 30_000;
/** Milliseconds before another try where the disk refuses the file. */
const AGAIN = 60_000;

interface Job {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Makes a file of each recording that is over, one at a time. */
export class Finisher {
  readonly #options: FinisherOptions;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #jobs = new Map<number, Job>();
  /** Cancel the waits of recordings whose file the disk has refused. */
  readonly #waits = new Map<number, () => void>();

  constructor(options: FinisherOptions) {
    this.#options = options;
  }

  /** Makes the file once it is its turn; asking again changes nothing. */
  finish(id: number): void {
    if (this.#jobs.has(id) || this.#waits.has(id)) return;
    const abort = new AbortController();
    const done = this.#queue.add(async () => {
      await this.#finish(id, abort.signal).catch((error: unknown) => {
        if (!abort.signal.aborted) this.#waitAfter(id, error);
      });
      this.#jobs.delete(id);
    });
    this.#jobs.set(id, { abort, done });
  }

  /** Ends the work on a recording; its parts are as they were. */
  async drop(id: number): Promise<void> {
    this.#waits.get(id)?.();
    this.#waits.delete(id);
    const job = this.#jobs.get(id);
    job?.abort.abort();
    await job?.done;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#jobs.keys(), ...this.#waits.keys()].map((id) => this.drop(id)));
  }

  async #finish(id: number, signal: AbortSignal): Promise<void> {
    const { stored, root, clock, labelOf, onFile } = this.#options;
    const recording = stored.find(id);
    if (signal.aborted || recording?.state !== 'finishing') return;
    const folder = new UnfinishedFolder(root, id, clock);
    const bytes = await finishRecording(
      { ...recording, channelName: labelOf(recording) },
      await folder.parts(),
      {
        ...this.#options,
        ...this.#options.files(),
        folder: folder.path,
        signal,
        onPlace: (file) => stored.change(id, { file }),
      },
    );
    const { holes } = recording;
    const isWhole = holes.length === 0;
    stored.change(id, {
      state: isWhole ? 'done' : 'incomplete',
      bytes,
      ...(isWhole ? { reason: null } : {}),
    });
    this.#removeLater(id, folder);
    const { file } = stored.find(id) ?? {};
    if (file) onFile(join(root, file));
  }

  /** Players that began while it was recorded play on from its parts. */
  #removeLater(id: number, folder: UnfinishedFolder): void {
    const { watchers, clock, logger } = this.#options;
    this.#waits.delete(id);
    if (watchers.isWatched(id)) {
      this.#waits.set(
        id,
        clock.after(LOOK_FOR_WATCHERS, () => this.#removeLater(id, folder)),
      );
      return;
    }
    folder.remove().catch((err: unknown) => {
      logger.warn({ recording: id, err }, 'the parts of a recording could not be deleted');
    });
  }

  #waitAfter(id: number, err: unknown): void {
    const { stored, clock, logger } = this.#options;
    const { code, params } = toDiskError(err);
    logger.warn({ recording: id, err }, 'the file of a recording could not be made; trying again later');
    stored.change(id, { reason: { code, params } });
    this.#waits.set(
      id,
      clock.after(AGAIN, () => {
        this.#waits.delete(id);
        this.finish(id);
      }),
    );
  }
}
