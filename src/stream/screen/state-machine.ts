import type {
  BroadcastState,
  BroadcastStatus,
  Reason,
  WantedChannel,
} from '../../domain/broadcast-status.ts';
import type { ScreenId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import { pastOnAir } from './archive-course.ts';
import type { Feed } from './broadcast-options.ts';
import type { LiveChannel } from './live-channel.ts';
import { toOnAirChannel } from './off-air-reason.ts';
import { channelOnAir, type OnAirItem } from './on-air-item.ts';

export interface StateMachineOptions {
  readonly id: ScreenId;
  readonly live: LiveChannel;
  /** The source on air; null for the slate. */
  readonly feed: () => Feed | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** What changes with a state. */
interface Change {
  readonly item?: OnAirItem | null;
  readonly wanted?: WantedChannel | null;
  readonly reason?: Reason | null;
  readonly attempt?: BroadcastStatus['attempt'];
  readonly lastFailure?: BroadcastStatus['lastFailure'];
}

/** The state of a broadcast with everything that its status tells, and whoever is told of changes. */
export class StateMachine {
  readonly #options: StateMachineOptions;
  readonly #changes: Emitter<BroadcastStatus>;
  #state: BroadcastState = 'idle';
  #item: OnAirItem | null = null;
  #wanted: WantedChannel | null = null;
  #reason: Reason | null = null;
  #attempt: BroadcastStatus['attempt'] = null;
  #lastFailure: BroadcastStatus['lastFailure'] = null;
  #restarts = 0;
  #isDry = false;
  /** The number of viewers that was told last. */
  #viewers = 0;

  constructor(options: StateMachineOptions) {
    this.#options = options;
    const { logger } = options;
    this.#changes = new Emitter((err) => logger.error({ err }, 'a listener of the broadcast failed'));
  }

  get state(): BroadcastState {
    return this.#state;
  }

  get item(): OnAirItem | null {
    return this.#item;
  }

  /** The source on air has given nothing for so long that viewers see the slate; it may go on by itself. */
  get isDry(): boolean {
    return this.#isDry;
  }

  get status(): BroadcastStatus {
    const { id, live, clock } = this.#options;
    const feed = this.#options.feed();
    return {
      id,
      state: this.#state,
      channel: this.#item && toOnAirChannel(channelOnAir(this.#item)),
      standsInFor: this.#item?.standIn?.instead ?? null,
      past: this.#item && pastOnAir(this.#item, feed?.position ?? null, clock.now()),
      wanted: this.#wanted,
      sound: feed?.sound ?? { tracks: [], track: null },
      startedAt: this.#item?.startedAt ?? null,
      askedBy: this.#item?.askedBy ?? null,
      firstSegment: live.firstSegment,
      attempt: this.#attempt,
      reason: this.#reason,
      viewers: live.viewers.count,
      bitrate: feed ? live.bitrate : null,
      restarts: this.#restarts,
      lastFailure: this.#lastFailure,
    };
  }

  /** Calls the listener at every change until the returned function is called. */
  subscribe(listener: (status: BroadcastStatus) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Changes the state, which nothing else does. What is not named stays, except that a try only counts while recovering. */
  transition(state: BroadcastState, change: Change = {}): void {
    if (this.#state !== state) this.#options.logger.info({ from: this.#state, to: state }, 'broadcast');
    this.#state = state;
    this.#isDry = false;
    this.#attempt = change.attempt ?? null;
    if (change.item !== undefined) this.#item = change.item;
    if (change.wanted !== undefined) this.#wanted = change.wanted;
    if (change.reason !== undefined) this.#reason = change.reason;
    if (change.lastFailure !== undefined) this.#lastFailure = change.lastFailure;
    this.notify();
  }

  /** Keeps where a past programme is; the item is the same to everybody else. */
  keepPlace(item: OnAirItem): void {
    this.#item = item;
  }

  /** Is told with the next change. */
  noteReason(reason: Reason): void {
    this.#reason = reason;
  }

  /** Is told with the next change. */
  countRestart(): void {
    this.#restarts++;
  }

  /** The slate over a source that is on air is no live channel: the state tells of it, and of its end. */
  noteSlate(): void {
    const { showsSlate } = this.#options.live;
    if (this.#state === 'live' && showsSlate) {
      this.transition('recovering');
      this.#isDry = true;
    } else if (this.#isDry && !showsSlate) this.transition('live');
  }

  /** The number of viewers is not what was told last. */
  get hasNewViewers(): boolean {
    return this.#viewers !== this.#options.live.viewers.count;
  }

  /** Tells all listeners the status. */
  notify(): void {
    const { status } = this;
    this.#viewers = status.viewers;
    this.#changes.emit(status);
  }
}
