import { PROBE_HEIGHT, PROBE_WIDTH } from '../../../src/stream/health/keyframe-probe.ts';

const size = PROBE_WIDTH * PROBE_HEIGHT;

/** A small grey picture of one shade. */
export function plain(shade: number): Uint8Array {
  return new Uint8Array(size).fill(shade);
}

/** A small grey picture with content, different for each number. */
export function scene(number: number, brightness = 1): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) =>
    Math.round(((at * 7 + number * 53) % 200) * brightness),
  );
}

/** The same picture in another encoding. */
export function again(picture: Uint8Array): Uint8Array {
  return picture.map((shade, at) => Math.min(255, shade + (at % 3 === 0 ? 1 : 0)));
}

/** The same picture with a clock in its corner. */
export function withClock(picture: Uint8Array, second: number): Uint8Array {
  const changed = Uint8Array.from(picture);
  changed.fill(second % 2 === 0 ? 200 : 40, 2 * PROBE_WIDTH - 4, 2 * PROBE_WIDTH - 1);
  return changed;
}
