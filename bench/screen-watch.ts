import { execa } from 'execa';

const WIDTH = 160;
const HEIGHT = 90;
const FRAME = WIDTH * HEIGHT * 3;
const RATE = 5;
/** A picture in which fewer bytes than this have changed is still: a pointer, a bit of noise. */
const FEWEST_CHANGED = 20;
/** How much a byte must differ to count. */
const LEAST_DIFFERENCE = 12;

/** Watches what a player shows on an X screen. */
export interface ScreenWatch {
  /** The mean red, green and blue of the picture's middle third, below the middle. */
  colour(): readonly number[];
  /** Milliseconds for which the picture has not moved. */
  still(): number;
  /** The longest stretch without a move since the last call, in milliseconds. */
  longestStill(): number;
  stop(): Promise<void>;
}

/** Watches with FFmpeg, which must know x11grab. @param display such as `:93` */
export function watchScreen(display: string, size: string): ScreenWatch {
  const run = execa(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-f', 'x11grab', '-draw_mouse', '0', '-framerate', `${RATE}`],
      ...['-video_size', size, '-i', display, '-vf', `scale=${WIDTH}:${HEIGHT}:flags=area`],
      ...['-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'],
    ],
    { reject: false, buffer: false, stdin: 'ignore', stderr: 'ignore', encoding: 'buffer' },
  );
  let rest: Buffer = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(FRAME);
  let movedAt = performance.now();
  let longest = 0;
  run.stdout.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= FRAME) {
      const frame = rest.subarray(0, FRAME);
      rest = rest.subarray(FRAME);
      const now = performance.now();
      longest = Math.max(longest, now - movedAt);
      if (changed(frame, last) >= FEWEST_CHANGED) movedAt = now;
      last = frame;
    }
  });
  return {
    colour: () => middleOf(last),
    still: () => performance.now() - movedAt,
    longestStill: () => {
      const found = Math.max(longest, performance.now() - movedAt);
      longest = 0;
      return found;
    },
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** How far apart two colours are, 0 to 255. */
export function colourDistance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, at) => Math.abs(value - (other[at] ?? 0))));
}

function changed(one: Buffer, other: Buffer): number {
  let count = 0;
  for (let at = 0; at < FRAME; at++)
    if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) >= LEAST_DIFFERENCE) count++;
  return count;
}

function middleOf(frame: Buffer): number[] {
  const sum = [0, 0, 0];
  let pixels = 0;
  // Below the middle, where neither Kodi nor the demo writes anything.
  for (let y = Math.floor(HEIGHT * 0.7); y < HEIGHT * 0.8; y++)
    for (let x = Math.floor(WIDTH / 3); x < (WIDTH * 2) / 3; x++) {
      const at = (y * WIDTH + x) * 3;
      for (let part = 0; part < 3; part++) sum[part] = (sum[part] ?? 0) + (frame[at + part] ?? 0);
      pixels++;
    }
  return sum.map((value) => Math.round(value / pixels));
}
