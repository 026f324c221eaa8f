import type { VideoEncoder } from '../../domain/encoding.ts';
import type { Logger } from '../../lib/logger.ts';
import { atLowPriority } from '../../lib/start-program.ts';
import { explainEnding } from '../ffmpeg/failure.ts';
import { renditionArguments } from '../ffmpeg/rendition-args.ts';
import { FfmpegRun } from '../ffmpeg/run.ts';
import { isUnitStart, PACKET_SIZE, pidOf, presentationTimestamp } from '../mpeg-ts/packets.ts';
import type { StoredSegment } from '../segments/segment.ts';
import { VIDEO_PID } from '../segments/segmenter.ts';
import { VideoCutter } from './video-cutter.ts';

/** Who takes what an encoder delivers. */
export interface PictureTaker {
  /** The whole picture of a segment that was fed; in their order. @param packets as of VideoCutter */
  readonly onPicture: (sequence: number, packets: Buffer) => void;
  /** It delivers nothing more, though it was not stopped. */
  readonly onFailed: (error: unknown) => void;
}

/** Encodes the picture of consecutive segments of one source once more. */
export interface PictureEncoder {
  /** Takes the next segment; the first one must begin with a keyframe. */
  feed(segment: StoredSegment): void;
  /** Delivers what it still has, up to where the next segment begins, which is not its own, and ends. */
  finish(next: StoredSegment): Promise<void>;
  /** Ends it; it delivers nothing more. */
  stop(): Promise<void>;
}

export interface EncoderOptions {
  readonly ffmpegPath: string;
  readonly videoEncoder: VideoEncoder;
  readonly logger: Logger;
}

/** Milliseconds for the last pictures; Rendition waits for less. */
const FINISH_PATIENCE = 10_000;

/**
 * One FFmpeg at low priority. Each source has one of its own: at a change, presentation timestamps may go back by some pictures,
 * and FFmpeg would go by decoding timestamps from then on, some pictures late.
 */
export function startEncoder(
  { ffmpegPath: path, videoEncoder, logger }: EncoderOptions,
  { onPicture, onFailed }: PictureTaker,
): PictureEncoder {
  let isOver = false;
  const fail = (error: unknown) => {
    if (isOver) return;
    isOver = true;
    onFailed(error);
  };
  const cutter = new VideoCutter(onPicture);
  const run = new FfmpegRun({
    path,
    args: renditionArguments(videoEncoder),
    logger,
    onOutput: (chunk) => {
      if (isOver) return;
      try {
        cutter.write(chunk);
      } catch (error) {
        fail(error);
      }
    },
  });
  run.start();
  atLowPriority(run);
  void run.ended.then((ending) => {
    if (!ending.asked || ending.exitCode !== 0) fail(explainEnding(ending).error);
  });
  const expect = ({ sequence, bytes, independent }: StoredSegment) => {
    const start = firstPicture(bytes);
    if (start === null) fail(new Error('a segment without a picture'));
    else cutter.expect({ sequence, start, independent });
  };
  return {
    feed: (segment) => {
      expect(segment);
      if (!run.write([segment.bytes])) fail(new Error('FFmpeg does not keep up'));
    },
    finish: async (next) => {
      expect({ ...next, independent: false });
      await run.finish(FINISH_PATIENCE);
      if (isOver) return;
      isOver = true;
      cutter.end();
    },
    stop: () => {
      isOver = true;
      return run.stop();
    },
  };
}

/** The presentation timestamp of the first picture in whole packets. */
function firstPicture(bytes: Buffer): number | null {
  for (let at = 0; at < bytes.length; at += PACKET_SIZE)
    if (pidOf(bytes, at) === VIDEO_PID && isUnitStart(bytes, at)) return presentationTimestamp(bytes, at);
  return null;
}
