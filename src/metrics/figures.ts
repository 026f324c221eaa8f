import type { Clock } from '../lib/clock.ts';
import { countedOutputs, type SentBytes } from '../outputs/sent-bytes.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { EventLoopLag } from './event-loop-lag.ts';
import { segmentAge } from './pictures.ts';
import { viewersByOutput } from './traffic.ts';

/** What the server did over ten seconds. */
export interface Figure {
  /** Their end, in epoch milliseconds. */
  readonly at: number;
  readonly viewers: number;
  /** Bits per second of the channels on all screens. */
  readonly bitsIn: number;
  /** Bits per second that left by all outputs. */
  readonly bitsOut: number;
  /** Seconds since a source gave the last segment, of the screen that has waited for longest; null with nothing on air. */
  readonly segmentAge: number | null;
  /** Seconds that the slowest switch took; null without any. */
  readonly switchSeconds: number | null;
  /** Seconds for which the process answered nobody. */
  readonly lag: number;
}

export interface FiguresOptions {
  readonly screens: Pick<Screens, 'all'>;
  readonly sent: Pick<SentBytes, 'total' | 'openOf'>;
  readonly lag: Pick<EventLoopLag, 'worst'>;
  readonly clock: Clock;
}

/** Milliseconds between two figures. */
const EVERY = 10_000;
/** An hour. */
const KEPT = 360;

/** What the server did over the last hour, in memory alone. */
export class Figures {
  readonly #options: FiguresOptions;
  #figures: Figure[] = [];
  #sentBefore = 0;
  #sampledAt = 0;
  #slowest: number | null = null;
  #cancel: (() => void) | null = null;

  constructor(options: FiguresOptions) {
    this.#options = options;
  }

  start(): void {
    this.#sampledAt = this.#options.clock.monotonic();
    this.#sentBefore = this.#sent;
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Oldest first. @param time epoch milliseconds */
  after(time: number): readonly Figure[] {
    return this.#figures.filter(({ at }) => at > time);
  }

  noteSwitch(seconds: number): void {
    this.#slowest = Math.max(this.#slowest ?? 0, seconds);
  }

  get #sent(): number {
    return countedOutputs.reduce((sum, output) => sum + this.#options.sent.total(output), 0);
  }

  #wait(): void {
    this.#cancel = this.#options.clock.after(EVERY, () => {
      this.#figures = [...this.#figures, this.#sample()].slice(-KEPT);
      this.#wait();
    });
  }

  #sample(): Figure {
    const { screens, sent, lag, clock } = this.#options;
    const now = clock.monotonic();
    const total = this.#sent;
    const bitsOut = ((total - this.#sentBefore) * 8_000) / Math.max(1, now - this.#sampledAt);
    const switchSeconds = this.#slowest;
    this.#sentBefore = total;
    this.#sampledAt = now;
    this.#slowest = null;
    const ages = screens.all().flatMap((screen) => segmentAge(screen) ?? []);
    return {
      at: clock.now(),
      viewers: [...viewersByOutput({ sent, screens }).values()].reduce((sum, count) => sum + count, 0),
      bitsIn: screens.all().reduce((sum, { broadcast }) => sum + (broadcast.status.bitrate ?? 0), 0),
      bitsOut: Math.round(bitsOut),
      segmentAge: ages.length > 0 ? Math.max(...ages) : null,
      switchSeconds,
      lag: lag.worst,
    };
  }
}
