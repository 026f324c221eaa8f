import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { SavedWindow } from '../segments/saved-window.ts';
import type { Broadcast } from './broadcast.ts';
import { type BroadcastMemory, type RememberedItem, SAVE_EVERY } from './broadcast-memory.ts';

export interface MemorySaverOptions {
  readonly broadcast: Broadcast;
  readonly file: { write(memory: BroadcastMemory): Promise<void> };
  readonly windowFile: Pick<SavedWindow, 'save'>;
  /** The memory of the previous process; null if there is none. */
  readonly before: BroadcastMemory | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Saves to disk what a broadcast must know after a restart, however the process ends. */
export class MemorySaver {
  readonly #options: MemorySaverOptions;
  /** The channel from before the restart, until it is on air again. */
  #unresumed: RememberedItem | null;
  #lastSave = 0;
  #endings: (() => void)[] = [];

  constructor(options: MemorySaverOptions) {
    this.#options = options;
    this.#unresumed = options.before?.item ?? null;
  }

  start(): void {
    const { broadcast, clock } = this.#options;
    let saved = broadcast.item;
    this.#endings = [
      broadcast.subscribe(() => {
        if (broadcast.item === saved) return;
        saved = broadcast.item;
        this.#saveSoon();
      }),
      broadcast.live.playlist.subscribe(() => {
        if (clock.monotonic() - this.#lastSave >= SAVE_EVERY) this.#saveSoon();
      }),
    ];
  }

  /** Saves a last time, with the playlist's segments; call it once the broadcast is shut down. */
  async stop(): Promise<void> {
    for (const end of this.#endings) end();
    this.#endings = [];
    const { broadcast, windowFile, clock } = this.#options;
    await Promise.all([this.#save(), windowFile.save(broadcast.live.playlist.listed(), clock.now())]);
  }

  #saveSoon(): void {
    this.#save().catch((error: unknown) =>
      this.#options.logger.error({ err: error }, 'could not write to DATA_DIR'),
    );
  }

  async #save(): Promise<void> {
    const { broadcast, clock, file } = this.#options;
    const { live, resumedItem: item } = broadcast;
    this.#lastSave = clock.monotonic();
    if (item) this.#unresumed = null;
    await file.write({
      savedAt: clock.now(),
      sequence: live.playlist.nextSequence,
      discontinuitySequence: live.playlist.nextDiscontinuitySequence,
      position: live.timeline.position,
      item: item
        ? {
            channelId: item.wish.channelId,
            name: item.wish.name,
            askedBy: item.askedBy,
            startedAt: item.startedAt,
            past: item.wish.past ?? null,
            pause: item.pause ?? null,
          }
        : this.#unresumed,
      audioChoices: broadcast.audioChoices.all,
    });
  }
}
