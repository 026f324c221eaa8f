import { AppError, type ErrorCode, toAppError } from '../domain/errors.ts';
import type { Span } from '../domain/span.ts';
import { orAborted } from '../lib/abort.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Piece } from '../stream/normaliser/normaliser.ts';
import { RestartPolicy } from '../stream/screen/restart-policy.ts';
import { StreamStart } from '../stream/tuner/stream-start.ts';
import type { ChannelWish, TunerLease, Tuners } from '../stream/tuner/tuners.ts';
import type { PartFile } from './part-file.ts';
import { toDiskError, type UnfinishedFolder } from './unfinished-folder.ts';

export interface RecorderOptions {
  readonly tuners: Pick<Tuners, 'acquire'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From 0 to 1, so that recordings of one provider do not all come back at once. */
  readonly random: () => number;
}

/** What is recorded, and where. */
export interface RecorderJob {
  /** The channel, which may have another id after a while. @param from since when it is missing, which only its past needs. */
  readonly wish: (from: number) => ChannelWish;
  readonly folder: Pick<UnfinishedFolder, 'openPart' | 'hasPart'>;
  /** Makes sure that there is room for more. @throws AppError recordings_disk_full, recordings_folder */
  readonly prepare: () => Promise<void>;
  /** The number of the next part. */
  readonly nextPart: number;
  /** From when on something is missing if nothing comes: the begin, or the end of the last part before a restart. */
  readonly missingSince: number;
  /** Milliseconds that the first picture may take before they count as missing. */
  readonly allowance: number;
  readonly onRecording: () => void;
  readonly onWaiting: (reason: AppError) => void;
  /** The archive has nothing further. */
  readonly onOver: () => void;
  /** @param code why, where it was not the channel. */
  readonly onHole: (hole: Span, code?: ErrorCode) => void;
}

/** Milliseconds between two tries while all connections are in use, since that asks no provider. */
const LOOK_FOR_CONNECTION = 2_000;
/** The same for an archive, which can wait. */
const LOOK_FOR_ANY_CONNECTION = 30_000;
/** Milliseconds before an archive that did not have it is asked again. */
const ASK_ARCHIVE_AGAIN = 600_000;
/** Milliseconds before the place where it broke off from which an archive is asked again, since it answers inexactly. */
const ASKED_AGAIN = 15_000;
/** Milliseconds that a part from the archive may repeat of the one before, so that nothing is missing between two. */
const OVERLAP = 10_000;
/** Milliseconds between two looks at the room on the disk. */
const LOOK_FOR_ROOM = 15_000;
/** Milliseconds for a disk to take what waits when the process ends. */
const PATIENCE = 5_000;
/** Most milliseconds that chance adds to the wait before another try. */
const JITTER = 500;

/**
 * One running recording: a share in its channel's tuner, written as parts. It never gives up: whatever ends the channel or
 * refuses the part, it begins the next part as soon as it can. A part begins with a keyframe, and has one layout. What comes
 * from the archive goes on where it broke off.
 */
export class Recorder {
  readonly #job: RecorderJob;
  readonly #options: RecorderOptions;
  readonly #stopping = new AbortController();
  readonly #restarts = new RestartPolicy();
  #running: Promise<void> = Promise.resolve();
  #part: PartFile | null = null;
  #nextPart: number;
  /** The layout of the part, which the normaliser makes anew only where it changes. */
  #layout: Piece['layout'] | null = null;
  #isFromArchive = false;
  /** Tells when a piece from the archive was shown; null for a channel as it comes. */
  #shown: Pick<Clock, 'now'> | null = null;
  /** The part whose file somebody has deleted. */
  #lost: PartFile | null = null;
  /** Former parts that the disk has not taken yet. */
  readonly #closing = new Set<Promise<unknown>>();
  /** True from when a disk could not keep up until it has taken what waits. */
  #isBehind = false;
  #missingSince: number | null;
  #allowance: number;
  #startedAt: number | null = null;
  #patience = PATIENCE;

  constructor(job: RecorderJob, options: RecorderOptions) {
    this.#job = job;
    this.#options = options;
    this.#nextPart = job.nextPart;
    this.#missingSince = job.missingSince;
    this.#allowance = job.allowance;
  }

  start(): void {
    this.#running = this.#run();
  }

  /**
   * Ends the recording and gives its connection back. May be called twice.
   * @param patience milliseconds for a disk to take what waits. @returns since when nothing has been written, in epoch milliseconds; null if it was written to the end.
   */
  async stop(patience = PATIENCE): Promise<number | null> {
    this.#patience = patience;
    this.#stopping.abort();
    await this.#running;
    return this.#missingSince;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { clock, logger } = this.#options;
    while (!signal.aborted) {
      this.#startedAt = null;
      const reason = await this.#record(signal).catch(toAppError);
      if (signal.aborted) return;
      if (reason.code === 'archive_over') {
        this.#job.onOver();
        return;
      }
      logger.info({ code: reason.code, err: reason.cause }, 'a recording is interrupted');
      this.#job.onWaiting(reason);
      const pause = Promise.all([...this.#closing, sleep(clock, this.#delayAfter(reason), signal)]);
      await orAborted(pause, signal).catch(() => {});
    }
  }

  /** Records until the channel or the disk ends it, and returns why. @throws AppError if it cannot begin */
  async #record(signal: AbortSignal): Promise<AppError> {
    const { tuners, clock } = this.#options;
    await orAborted(this.#job.prepare(), signal);
    const wish = this.#job.wish((this.#missingSince ?? clock.now()) - ASKED_AGAIN);
    this.#isFromArchive = wish.past !== undefined;
    // An archive can wait, and goes on where it was: it takes no connection from others, and gives way to all.
    const lease = await tuners.acquire(wish, wish.past ? 'client' : 'recording', signal);
    const { past } = wish;
    this.#shown = past ? { now: () => Math.round(lease.position ?? past.from) } : null;
    const trouble = Promise.withResolvers<AppError>();
    const unlisten = this.#listen(lease, new StreamStart(clock), trouble.resolve);
    const unwatch = this.#watchRoom(trouble.resolve);
    try {
      return await orAborted(Promise.race([lease.ended, trouble.promise]), signal);
    } finally {
      unlisten();
      unwatch();
      await lease.release();
      await this.#endPart(signal.aborted);
    }
  }

  /** Others write to the disk as well: a recording must not take the last of it from them. */
  #watchRoom(fail: (reason: AppError) => void): () => void {
    const { clock } = this.#options;
    let isOver = false;
    const look = () => {
      this.#lookForPart()
        .then(() => this.#job.prepare())
        .then(
          () => {
            if (!isOver) cancel = clock.after(LOOK_FOR_ROOM, look);
          },
          (error: unknown) => fail(toAppError(error)),
        );
    };
    let cancel = clock.after(LOOK_FOR_ROOM, look);
    return () => {
      isOver = true;
      cancel();
    };
  }

  /** A deleted file takes bytes as before, which nobody will find. @throws AppError recordings_folder */
  async #lookForPart(): Promise<void> {
    const part = this.#part;
    if (!part || (await this.#job.folder.hasPart(this.#nextPart - 1)) || part !== this.#part) return;
    this.#lost = part;
    throw new AppError('recordings_folder');
  }

  /** A tuner's other users must not notice whatever goes wrong here. */
  #listen(lease: TunerLease, start: StreamStart, fail: (reason: AppError) => void): () => void {
    return lease.listen((piece) => {
      try {
        if (start.passes(piece)) this.#take(piece, fail);
      } catch (error) {
        fail(toAppError(error));
      }
    });
  }

  #take(piece: Piece, fail: (reason: AppError) => void): void {
    const isNewLayout = this.#part !== null && piece.layout !== this.#layout;
    if (isNewLayout && piece.isStart) this.#leavePart();
    if (this.#part?.isFull) {
      if (this.#shown) {
        // What an archive has can be read once more.
        fail(new AppError('recordings_disk_slow'));
        return;
      }
      this.#leavePart();
      this.#missingSince = this.#now();
      this.#isBehind = true;
    }
    if (!this.#part) {
      // The first part of a connection begins where the stream does, a later one with a keyframe.
      const mayBegin = piece.isStart || this.#startedAt === null;
      if (!mayBegin || this.#isRepeated(piece) || (this.#isBehind && this.#closing.size > 0)) return;
      this.#beginPart(piece, fail);
    }
    this.#part?.write(piece);
  }

  /** Whether a piece from the archive belongs to what is written already. */
  #isRepeated({ isStart }: Piece): boolean {
    const since = this.#missingSince;
    return this.#shown !== null && since !== null && this.#shown.now() < since - (isStart ? OVERLAP : 0);
  }

  #now(): number {
    return (this.#shown ?? this.#options.clock).now();
  }

  #beginPart({ layout }: Piece, fail: (reason: AppError) => void): void {
    const part = this.#job.folder.openPart(this.#nextPart++, this.#shown);
    void part.failed.then((error) => {
      if (this.#part === part) fail(toDiskError(error));
    });
    this.#part = part;
    this.#layout = layout;
    const wasBehind = this.#isBehind;
    this.#isBehind = false;
    this.#startedAt ??= this.#options.clock.monotonic();
    const { beganAt } = part;
    if (this.#missingSince !== null && beganAt - this.#missingSince > this.#allowance) {
      const hole = { from: this.#missingSince, to: beganAt };
      if (wasBehind) this.#job.onHole(hole, 'recordings_disk_slow');
      else this.#job.onHole(hole);
    }
    this.#missingSince = null;
    this.#allowance = 0;
    this.#job.onRecording();
  }

  /** Ends the part while pieces go on coming. */
  #leavePart(): void {
    const part = this.#part;
    if (!part) return;
    this.#part = null;
    const leftAt = this.#now();
    const closing = part.close().then((isWhole) => {
      this.#closing.delete(closing);
      if (!isWhole)
        this.#job.onHole({ from: part.writtenAt ?? part.beganAt, to: leftAt }, 'recordings_disk_slow');
    });
    this.#closing.add(closing);
  }

  /** @param isEnd whether the recording ends here, so that nothing is missing after the part. */
  async #endPart(isEnd: boolean): Promise<void> {
    const part = this.#part;
    if (!part) return;
    this.#part = null;
    const inTime = new AbortController();
    const closed = part.close();
    this.#closing.add(closed);
    void closed.then(() => this.#closing.delete(closed));
    const isWhole = await Promise.race([closed, this.#tooLate(inTime.signal)]);
    inTime.abort();
    const writtenUntil = part === this.#lost ? part.beganAt : (part.writtenAt ?? part.beganAt);
    this.#missingSince = isEnd && isWhole ? null : writtenUntil;
  }

  /** Resolves once a recording that was stopped has waited long enough for its disk; one that goes on can wait. */
  async #tooLate(inTime: AbortSignal): Promise<false> {
    const { signal } = this.#stopping;
    if (!signal.aborted)
      await new Promise((resolve) =>
        signal.addEventListener('abort', resolve, { once: true, signal: inTime }),
      );
    await sleep(this.#options.clock, this.#patience, inTime).catch(() => {});
    return false;
  }

  #delayAfter({ code }: AppError): number {
    if (code === 'no_slot') return this.#isFromArchive ? LOOK_FOR_ANY_CONNECTION : LOOK_FOR_CONNECTION;
    if (code.startsWith('archive_')) return ASK_ARCHIVE_AGAIN;
    const { clock, random } = this.#options;
    const now = clock.monotonic();
    this.#restarts.failed({ now, onAirFor: this.#startedAt === null ? null : now - this.#startedAt });
    return this.#restarts.delay + JITTER * random();
  }
}
