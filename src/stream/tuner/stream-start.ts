import type { Clock } from '../../lib/clock.ts';
import type { Piece } from '../normaliser/normaliser.ts';

/** Milliseconds to wait for a keyframe, since a group of pictures may be long. */
const PATIENCE = 12_000;

/**
 * Skips pieces that a player cannot use when it joins in the middle: it starts at the PAT and PMT before the first
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

  /** True from the first usable piece on. */
  passes({ isStart }: Pick<Piece, 'isStart'>): boolean {
    this.#hasStarted ||= isStart || this.#clock.monotonic() - this.#since > PATIENCE;
    return this.#hasStarted;
  }
}
