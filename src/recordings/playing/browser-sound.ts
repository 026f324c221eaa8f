import type { AudioTrack } from '../../domain/audio-track.ts';
import type { Span } from '../../domain/span.ts';
import { argumentList } from '../../lib/argument-list.ts';
import { ROUNDING } from './cut-segment.ts';

/** Of AAC. */
const SAMPLES_PER_FRAME = 1024;
const RATE = 48_000;
/** Seconds from one frame of AAC to the next. */
export const SOUND_STEP = SAMPLES_PER_FRAME / RATE;
/** Frames that are encoded before those of a segment, until decoder and encoder are as if they had never stopped. */
const WARM_UP = 16;
/** Frames after those of a segment, at which the encoder looks for the last one. */
const AHEAD = 3;
/** Seconds of a gap in the sound that silence fills. */
const LEAST_GAP = 0.03;

/** Whether browsers play a track as it is. */
export function isForBrowsers({ codec }: Pick<AudioTrack, 'codec'>): boolean {
  return codec === 'aac lc 48000 stereo';
}

/**
 * FFmpeg's arguments that encode the sound of a segment for browsers: AAC-LC, 48 kHz, stereo. Frames begin at multiples of
 * their length, so that segments join as if they had been encoded as one.
 * @param span of the segment, in seconds of the input.
 */
export function browserSound({ from, to }: Span): string[] {
  const first = firstFrameOf(from) - WARM_UP;
  const frames = firstFrameOf(to) + AHEAD - first;
  const filters = [
    // Whatever comes behind a jump of the times would have silence before it.
    `atrim=end=${(to + 1).toFixed(3)}`,
    `aformat=sample_fmts=fltp:sample_rates=${RATE}:channel_layouts=stereo`,
    // Counts samples as they come in, so they must have their rate before.
    `aresample=async=1:min_hard_comp=${LEAST_GAP}:first_pts=${first * SAMPLES_PER_FRAME}`,
    `apad=whole_len=${frames * SAMPLES_PER_FRAME}`,
  ];
  return ['-af', filters.join(','), ...argumentList('-c:a aac -b:a 160k')];
}

function firstFrameOf(seconds: number): number {
  return Math.ceil((seconds - ROUNDING) / SOUND_STEP);
}
