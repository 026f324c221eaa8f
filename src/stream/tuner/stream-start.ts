import type { Clock } from '../../lib/clock.ts';
import type { Piece } from '../normaliser/normaliser.ts';

/** How long, in milliseconds, to wait for a keyframe: a group of pictures may be long. */
const PATIENCE = 12_000;

/**
 * Holds back what a player that joins in the middle cannot use: it begins with the tables that stand before the first
 * keyframe, so that the picture is whole from the start.
 */
export class StreamStart {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #since: number;
  #hasStarted = false;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
    this.#since = clock.monotonic();
  }

  /** True from the start on. */
  passes({ isStart }: Pick<Piece, 'isStart'>): boolean {
    this.#hasStarted ||= isStart || this.#clock.monotonic() - this.#since > PATIENCE;
    return this.#hasStarted;
  }
}
