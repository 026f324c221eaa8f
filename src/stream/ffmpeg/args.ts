import type { AudioTrack } from '../../domain/audio-track.ts';
import type { AudioMode, OutputOptions } from '../../domain/output.ts';
import { type Layout, SOURCE_VIDEO_PID } from '../normaliser/stream-layout.ts';

/** Pictures a second of the still that stands in for a radio channel's video. */
const STILL_RATE = 10;
const STILL_COLOUR = '0x10131a';
/** Seconds that a source may leave out; FFmpeg closes larger holes, so that no segment is beyond its target duration. */
const LARGEST_HOLE = 3;
/** Microseconds for which one stream may hold back the other: sound that ends must not take the picture with it. */
const LARGEST_WAIT = 1_000_000;
/** Seconds of sound in one AAC frame. */
const AAC_FRAME = 1024 / 48_000;
/**
 * A keyframe every two seconds, whatever the frame rate; every half second in the first minute, when segments are short
 * because viewers have no reserve yet (cut-policy.ts), so that each of them begins with one. Counted from the keyframe
 * before, as segments are, and a little less, for the frame that is just half a second later.
 */
const KEYFRAME_EVERY =
  'expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+if(lt(n_forced,120),0.499,1.999)))';
/** async: holes in the source's sound are filled with silence, so that it stays with the picture. */
const STEADY = 'aresample=async=1000';

/** What one FFmpeg run makes a channel out of. */
export interface RunPlan {
  readonly video: Layout['video'];
  /** What is heard; null: nothing. */
  readonly track: AudioTrack | null;
}

/**
 * FFmpeg's arguments to turn a channel as the tuner delivers it (MPEG-TS on standard input) into what every player takes
 * without a break at a switch: MPEG-TS on standard output with H.264, then AAC 48 kHz stereo. Where there is no sound
 * there is none in the output either (sound-keeper.ts); where there is no picture the sound makes the pace of a still.
 *
 * The source's address is not among them: FFmpeg never learns it. `-analyzeduration 500000` is the shortest probe
 * that keeps all streams; 0 means the default of 5 s. One frame of sound a PES packet, so that it comes with its picture.
 */
export function remuxArguments({ video, track }: RunPlan, options: OutputOptions): string[] {
  const sound = track ? `0:i:${track.id}` : null;
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'warning', '-dts_delta_threshold', String(LARGEST_HOLE)],
    ...['-fflags', '+genpts+discardcorrupt', '-f', 'mpegts', '-analyzeduration', '500000', '-i', 'pipe:0'],
    ...(video === null && sound ? stillFor(sound) : ['-map', `0:i:${SOURCE_VIDEO_PID}`]),
    ...(sound ? ['-map', sound] : []),
    ...videoArguments(video, options),
    ...(track ? audioArguments(track, options) : []),
    ...['-map_metadata', '-1', '-metadata', 'service_name=Live', '-metadata', 'service_provider=Zapette'],
    ...['-max_muxing_queue_size', '2048', '-max_interleave_delta', String(LARGEST_WAIT)],
    ...['-flush_packets', '1', '-pes_payload_size', '0', '-f', 'mpegts', 'pipe:1'],
  ];
}

/** A picture that is drawn as the sound comes: a source of pictures of its own would run ahead of it. */
function stillFor(sound: string): string[] {
  const still = `showwaves=s=16x16:r=${STILL_RATE},drawbox=color=${STILL_COLOUR}:t=fill,scale=1280:720:flags=neighbor`;
  return ['-filter_complex', `[${sound}]${STEADY},${still}[still]`, '-map', '[still]'];
}

/** Arguments to make the slate: a still picture with a moving dot, and silence, as a transport stream of `seconds`. */
export function slateArguments(picture: string, seconds: number, output: string): string[] {
  // Decoded and scaled once; `-loop 1` would do so for every frame.
  const still = 'scale=1280:720,format=yuv420p,loop=-1:1:0,setpts=N/25/TB';
  const dot = `overlay=x='(W-w)/2+40*sin(2*PI*t/${seconds}*2)':y='H-h-64'`;
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'warning', '-y'],
    ...['-framerate', '25', '-i', picture],
    ...['-f', 'lavfi', '-i', 'color=c=white:s=14x14:r=25'],
    // The encoder puts one frame before the sound: without it, sound and picture are of the same length.
    ...['-f', 'lavfi', '-t', String(seconds - AAC_FRAME), '-i', 'anullsrc=r=48000:cl=stereo'],
    ...['-filter_complex', `[0:v]${still}[p];[p][1:v]${dot},format=yuv420p[v]`, '-map', '[v]', '-map', '2:a'],
    ...['-t', String(seconds), '-c:v', 'libx264', '-preset', 'medium', '-profile:v', 'main', '-g', '50'],
    ...[
      '-keyint_min',
      '50',
      '-sc_threshold',
      '0',
      '-bf',
      '0',
      '-c:a',
      'aac',
      '-b:a',
      '64k',
      '-pes_payload_size',
      '1024',
    ],
    ...['-f', 'mpegts', output],
  ];
}

function videoArguments(video: RunPlan['video'], { videoEncoder }: OutputOptions): string[] {
  if (video === 'h264') return ['-c:v', 'copy'];
  const filters = video === null ? [] : ['-vf', "yadif=deint=1,scale='min(1920,iw)':-2"];
  // At ten pictures a second, those that the encoder looks ahead at would be seconds.
  const still = video === null ? ['-tune', 'zerolatency'] : [];
  const tuning =
    videoEncoder === 'libx264' ? ['-preset', 'veryfast', ...still, '-crf', '22', '-bf', '0'] : ['-b:v', '5M'];
  return [
    ...filters,
    ...['-c:v', videoEncoder, ...tuning, '-maxrate', '6M', '-bufsize', '6M', '-pix_fmt', 'yuv420p'],
    ...['-g', '100', '-force_key_frames', KEYFRAME_EVERY],
  ];
}

/** True if a run leaves this sound as it is. */
export function copiesSound({ codec }: AudioTrack, audio: AudioMode): boolean {
  const isPlain = codec === 'aac lc 48000 stereo';
  return (audio !== 'aac' && isPlain) || (audio === 'copy' && codec === 'aac');
}

function audioArguments(track: AudioTrack, { audio }: OutputOptions): string[] {
  if (copiesSound(track, audio)) return ['-c:a', 'copy'];
  return ['-af', STEADY, '-c:a', 'aac', '-ac', '2', '-ar', '48000', '-b:a', '160k'];
}
