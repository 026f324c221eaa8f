import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../lib/clock.ts';

/** Milliseconds between two looks of the monitor, which its values contain. */
const RESOLUTION = 20;
/** Milliseconds of one window, and how many count. */
const WINDOW = 10_000;
const WINDOWS = 3;

/** A histogram of delays in nanoseconds, as Node has it. */
type Delays = Pick<ReturnType<typeof monitorEventLoopDelay>, 'max' | 'reset' | 'enable' | 'disable'>;

/** The longest time for which the process answered nobody, over the last half minute. */
export class EventLoopLag {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #delays: Delays;
  #windows: number[] = [];
  #cancel: (() => void) | null = null;

  constructor(
    clock: Pick<Clock, 'after'>,
    delays: Delays = monitorEventLoopDelay({ resolution: RESOLUTION }),
  ) {
    this.#clock = clock;
    this.#delays = delays;
  }

  start(): void {
    this.#delays.enable();
    this.#turn();
  }

  stop(): void {
    this.#cancel?.();
    this.#delays.disable();
  }

  /** Seconds. */
  get worst(): number {
    return Math.max(this.#now, ...this.#windows);
  }

  get #now(): number {
    return Math.max(0, this.#delays.max / 1e9 - RESOLUTION / 1000);
  }

  #turn(): void {
    this.#cancel = this.#clock.after(WINDOW, () => {
      this.#windows = [...this.#windows, this.#now].slice(1 - WINDOWS);
      this.#delays.reset();
      this.#turn();
    });
  }
}

export function addEventLoopLag(registry: Registry, lag: Pick<EventLoopLag, 'worst'>): void {
  new Gauge({
    name: 'zapette_event_loop_lag_seconds',
    help: 'The longest time for which the process answered nobody, over the last half minute',
    registers: [registry],
    collect() {
      this.set(lag.worst);
    },
  });
}
