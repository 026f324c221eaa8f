import { type BroadcastStatus, chosenChannel, type OnAirChannel } from '../domain/broadcast-status.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { History } from '../store/history.ts';
import type { BroadcastMemory } from '../stream/screen/broadcast-memory.ts';
import type { Screen } from '../stream/screen/screen.ts';

export interface HistoryRecorderOptions {
  readonly screen: Pick<Screen, 'id' | 'events'>;
  readonly history: History;
  /** What was saved before the process restarted: the same channel may go on. */
  readonly before: BroadcastMemory | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The chosen channel: a variant that stands in for it is no entry of its own. */
interface OnAir {
  readonly channel: OnAirChannel | null;
  readonly startedAt: number | null;
}

/** Records which channel was on a screen, who put it on, from when until when. */
export class HistoryRecorder {
  readonly #options: HistoryRecorderOptions;
  #shown: OnAir = { channel: null, startedAt: null };
  #entry: number | null = null;
  #end: () => void = () => {};

  constructor(options: HistoryRecorderOptions) {
    this.#options = options;
  }

  /** Call this before the broadcast resumes the channel of the last process, which then stays one entry. */
  start(): void {
    this.#closeOld();
    this.#end = this.#options.screen.events.subscribe((event) => {
      if (event.type === 'status') this.#take(event.status);
    });
  }

  /** Leaves the entry of the channel on air open: the next process continues or closes it. */
  stop(): void {
    this.#end();
  }

  /** Ends entries that an earlier process left open, at the last moment when their channel is known to have been on air. */
  #closeOld(): void {
    const { screen, history, before } = this.#options;
    const item = before?.item ?? null;
    for (const { id, channelId, startedAt } of history.open(screen.id)) {
      if (item?.channelId === channelId && item.startedAt === startedAt) {
        this.#entry = id;
        this.#shown = { channel: { id: channelId, name: item.name }, startedAt };
      } else history.end(id, before?.savedAt ?? startedAt);
    }
  }

  #take(status: BroadcastStatus): void {
    const { startedAt, askedBy, past } = status;
    const channel = chosenChannel(status);
    if (channel?.id === this.#shown.channel?.id && startedAt === this.#shown.startedAt) return;
    this.#shown = { channel, startedAt };
    const { screen, history, clock, logger } = this.#options;
    try {
      if (this.#entry !== null) history.end(this.#entry, clock.now());
      this.#entry =
        channel && startedAt !== null
          ? history.begin(
              {
                channelId: channel.id,
                channelName: channel.name,
                askedBy,
                startedAt,
                past: past && { title: past.title, endsAt: past.to + past.behind },
              },
              screen.id,
            )
          : null;
    } catch (error) {
      // A full disk is no reason to take a channel off the air.
      logger.error({ err: error }, 'the history could not be written');
    }
  }
}
