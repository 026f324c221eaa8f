import { type BroadcastStatus, chosenChannel, type OnAirChannel } from '../domain/broadcast-status.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { History } from '../store/history.ts';
import type { Broadcast } from '../stream/screen/broadcast.ts';
import type { BroadcastMemory } from '../stream/screen/broadcast-memory.ts';

export interface HistoryRecorderOptions {
  readonly broadcast: Pick<Broadcast, 'subscribe' | 'status'>;
  readonly history: History;
  /** What was remembered from before the restart of the process: the same programme may go on. */
  readonly before: BroadcastMemory | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What was chosen: a variant that stands in for it is no entry of its own. */
interface OnAir {
  readonly channel: OnAirChannel | null;
  readonly startedAt: number | null;
}

/** Writes down what is put on the shared screen, by whom, from when until when. */
export class HistoryRecorder {
  readonly #options: HistoryRecorderOptions;
  #shown: OnAir = { channel: null, startedAt: null };
  #entry: number | null = null;
  #end: () => void = () => {};

  constructor(options: HistoryRecorderOptions) {
    this.#options = options;
  }

  /** To be called before the broadcast goes back to what was on air: that goes on as one entry. */
  start(): void {
    this.#closeOld();
    this.#end = this.#options.broadcast.subscribe((status) => this.#take(status));
  }

  /** What is on air stays open: the next process goes on with it, or closes it. */
  stop(): void {
    this.#end();
  }

  /** Ends what a process left open, at the last moment of which is known that it was on air. */
  #closeOld(): void {
    const { history, before } = this.#options;
    const programme = before?.programme ?? null;
    for (const { id, channelId, startedAt } of history.open()) {
      if (programme?.channelId === channelId && programme.startedAt === startedAt) {
        this.#entry = id;
        this.#shown = { channel: { id: channelId, name: programme.name }, startedAt };
      } else history.end(id, before?.savedAt ?? startedAt);
    }
  }

  #take(status: BroadcastStatus): void {
    const { startedAt, askedBy } = status;
    const channel = chosenChannel(status);
    if (channel?.id === this.#shown.channel?.id && startedAt === this.#shown.startedAt) return;
    this.#shown = { channel, startedAt };
    const { history, clock, logger } = this.#options;
    try {
      if (this.#entry !== null) history.end(this.#entry, clock.now());
      this.#entry =
        channel && startedAt !== null
          ? history.begin({ channelId: channel.id, channelName: channel.name, askedBy, startedAt })
          : null;
    } catch (error) {
      // A full disk is no reason to take a channel off the air.
      logger.error({ err: error }, 'the history could not be written');
    }
  }
}
