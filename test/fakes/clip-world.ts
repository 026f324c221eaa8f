import { Clips } from '../../src/recordings/clips/clips.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { LivePlaylist } from '../../src/stream/segments/live-playlist.ts';
import { RingDisk } from '../../src/stream/segments/ring/ring-disk.ts';
import type { SegmentRing } from '../../src/stream/segments/ring/segment-ring.ts';
import { type CutSegment, Segmenter } from '../../src/stream/segments/segmenter.ts';
import { Timeline } from '../../src/stream/segments/timeline.ts';
import { FakeClock } from './fake-clock.ts';
import { makeTs } from './real-ts.ts';
import { silentLogger } from './silent-logger.ts';
import type { TempDirs } from './temp-dirs.ts';

const RATE = 25;
/** Frames between keyframes. */
const GOP = 50;
/** Seconds of each of the two sources. */
export const SOURCE_LENGTH = 9;

export interface ClipWorld {
  readonly clips: Clips;
  readonly past: SegmentRing;
  readonly clock: FakeClock;
  readonly folder: string;
  /** When the first source began, in epoch milliseconds. */
  readonly begin: number;
  readonly stop: () => Promise<void>;
}

const made = new Map<boolean, Promise<readonly Buffer[]>>();

/** The sources; made once. */
export function clipSources(isHeavy = false): Promise<readonly Buffer[]> {
  const making = made.get(isHeavy) ?? makeSources(isHeavy);
  made.set(isHeavy, making);
  return making;
}

function makeSources(isHeavy: boolean): Promise<readonly Buffer[]> {
  // Each frame is one grey, which says its number.
  const frames = (first: number) => ({
    filter: isHeavy
      ? 'scale=320:240,noise=alls=60:allf=t'
      : `geq=lum='16+mod(N*1+${first},220)':cb=128:cr=128`,
    ...{ seconds: SOURCE_LENGTH, rate: RATE, gop: GOP },
  });
  return Promise.all([makeTs(frames(0)), makeTs(frames(5))]);
}

export interface ClipWorldOptions {
  /** Seconds of each segment. */
  readonly cutEvery?: number;
  readonly folder?: string;
  /** Bytes that clips may take. */
  readonly share?: () => Promise<number>;
  /** Whether the picture is noise, whose file is large. */
  readonly isHeavy?: boolean;
}

/** Two sources that a screen has shown one after the other: numbered frames from 0 and from 5 on, modulo 220. */
export async function makeClipWorld(dirs: TempDirs, options: ClipWorldOptions = {}): Promise<ClipWorld> {
  const { cutEvery = 2, isHeavy = false } = options;
  const sources = await clipSources(isHeavy);
  const { path: ffmpegPath } = await findFfmpeg(null);
  const clock = new FakeClock();
  const base = { clock, logger: silentLogger };
  const past = await new RingDisk({ ...base, folder: await dirs.next(), length: () => 3_600_000 }).open(
    'live',
  );
  const playlist = new LivePlaylist({
    ...{ targetDuration: 6, window: 6, storage: past, logger: silentLogger },
    first: { sequence: 100, discontinuitySequence: 0 },
  });
  const timeline = new Timeline(10);
  const begin = clock.now();
  for (const source of sources) {
    for (const [index, segment] of cut(source, cutEvery).entries()) {
      timeline.append(segment, index > 0);
      const { bytes, independent, ticks } = segment;
      const duration = ticks / 90_000;
      clock.skip(duration * 1000);
      playlist.append({ bytes, independent, duration, discontinuity: index === 0 }, clock.now());
    }
  }
  await past.flush();
  const folder = options.folder ?? (await dirs.next());
  const clips = new Clips({
    ...base,
    folder,
    ffmpegPath,
    ...(options.share ? { share: options.share } : {}),
  });
  const stop = async () => {
    clips.stop();
    await past.close();
  };
  return { clips, past, clock, folder, begin, stop };
}

/** @param seconds of each segment */
function cut(source: Buffer, seconds: number): CutSegment[] {
  const segments: CutSegment[] = [];
  let frames = 0;
  const policy = { shouldCut: () => frames++ % (seconds * RATE) === 0 && frames > 1 };
  const segmenter = new Segmenter(policy, new FakeClock(), (segment) => segments.push(segment));
  segmenter.write(source);
  segmenter.end();
  return segments;
}
