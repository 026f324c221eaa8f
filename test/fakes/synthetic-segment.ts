import { ownedCopy } from '../../src/lib/owned-bytes.ts';
import { TICKS_PER_SECOND } from '../../src/stream/mpeg-ts/packets.ts';
import { Slate } from '../../src/stream/screen/slate.ts';
import type { CutSegment } from '../../src/stream/segments/segmenter.ts';
import { pat, pes, pmt, VIDEO } from './ts-packets.ts';

export interface SegmentOptions {
  /** Seconds. */
  readonly duration?: number;
  /** Seconds, on its run's clock. */
  readonly start?: number;
  readonly independent?: boolean;
  readonly bytes?: number;
}

/** A small segment like the segmenter's: PAT, PMT, one frame, and a label that survives on the way to a player. */
export function segmentOf(label: string, options: SegmentOptions = {}): CutSegment {
  const { duration = 2, start = 0, independent = true } = options;
  const pts = Math.round(start * TICKS_PER_SECOND);
  const frame = pes({ pid: VIDEO, pts, dts: pts, keyframe: independent });
  frame.write(label.padEnd(20, ' '), 100, 'latin1');
  return {
    bytes: ownedCopy(Buffer.concat([pat(), pmt([{ type: 0x1b }]), frame])),
    ticks: Math.round(duration * TICKS_PER_SECOND),
    start: pts,
    independent,
  };
}

/** The label that was passed to segmentOf. */
export function labelOf(segment: { readonly bytes: Buffer }): string {
  return segment.bytes.toString('latin1', 2 * 188 + 100, 2 * 188 + 120).trimEnd();
}

/** A slate of three segments of two seconds, labelled `slate 0` … `slate 2`. */
export function syntheticSlate(): Slate {
  return new Slate([0, 1, 2].map((index) => segmentOf(`slate ${index}`, { start: index * 2 })));
}
