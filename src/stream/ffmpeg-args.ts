import type { AudioTrack } from '../domain/audio-track.ts';
import type { ProgramMap } from './program-map.ts';

/** H.264 encoders that VIDEO_ENCODER may name; used only for channels whose video a browser cannot play. */
export const videoEncoders = [
  'libx264',
  'h264_nvenc',
  'h264_qsv',
  'h264_amf',
  'h264_videotoolbox',
  'h264_v4l2m2m',
] as const;
export type VideoEncoder = (typeof videoEncoders)[number];

export interface OutputOptions {
  readonly audio: 'aac' | 'copy';
  readonly videoEncoder: VideoEncoder;
}

/** Pictures a second of the still that stands in for a radio channel's video. */
const STILL_RATE = 10;
/** Seconds that a source may leave out; FFmpeg closes larger holes, so that no segment is beyond its target duration. */
const LARGEST_HOLE = 3;
/** Seconds of sound in one AAC frame. */
const AAC_FRAME = 1024 / 48_000;
/** A keyframe every two seconds, whatever the frame rate. */
const KEYFRAME_EVERY = 'expr:gte(t,n_forced*2)';

/**
 * FFmpeg's arguments to turn a channel (MPEG-TS on standard input) into what every player takes without a break at
 * a switch: MPEG-TS on standard output with H.264, AAC 48 kHz stereo, always both, always in this order.
 *
 * @param track what is heard of it; null: its first, where nothing is known of its tracks.
 *
 * The source's address is not among them: FFmpeg never learns it. `-analyzeduration 500000` is the shortest probe
 * that keeps all streams; 0 means the default of 5 s.
 */
export function remuxArguments(map: ProgramMap, track: AudioTrack | null, options: OutputOptions): string[] {
  const silent = map.audio?.length === 0;
  const sound = silent ? '1:a:0' : track ? `0:i:${track.id}` : '0:a:0';
  const still = map.video === null;
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'warning', '-dts_delta_threshold', String(LARGEST_HOLE)],
    ...['-fflags', '+genpts+discardcorrupt', '-f', 'mpegts', '-analyzeduration', '500000', '-i', 'pipe:0'],
    ...(silent ? ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo'] : []),
    ...(still ? ['-f', 'lavfi', '-i', `color=c=0x10131a:s=1280x720:r=${STILL_RATE}`] : []),
    ...['-map', still ? `${silent ? 2 : 1}:v:0` : '0:v:0', '-map', sound],
    ...videoArguments(map, options),
    ...audioArguments(track, options),
    ...(silent || still ? ['-shortest'] : []),
    ...['-map_metadata', '-1', '-metadata', 'service_name=Live', '-metadata', 'service_provider=Zapette'],
    ...[
      '-max_muxing_queue_size',
      '2048',
      '-flush_packets',
      '1',
      '-pes_payload_size',
      '1024',
      '-f',
      'mpegts',
      'pipe:1',
    ],
  ];
}

/** Arguments to make the slate: a still picture with a moving dot, and silence, as a transport stream of `seconds`. */
export function slateArguments(picture: string, seconds: number, output: string): string[] {
  const dot = `overlay=x='(W-w)/2+40*sin(2*PI*t/${seconds}*2)':y='H-h-64'`;
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'warning', '-y'],
    ...['-loop', '1', '-framerate', '25', '-i', picture],
    ...['-f', 'lavfi', '-i', 'color=c=white:s=14x14:r=25'],
    // The encoder puts one frame before the sound: without it, sound and picture are of the same length.
    ...['-f', 'lavfi', '-t', String(seconds - AAC_FRAME), '-i', 'anullsrc=r=48000:cl=stereo'],
    ...[
      '-filter_complex',
      `[0:v]scale=1280:720[p];[p][1:v]${dot},format=yuv420p[v]`,
      '-map',
      '[v]',
      '-map',
      '2:a',
    ],
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

function videoArguments(map: ProgramMap, { videoEncoder }: OutputOptions): string[] {
  if (map.video === 'h264') return ['-c:v', 'copy'];
  const filters = map.video === null ? [] : ['-vf', "yadif=deint=1,scale='min(1920,iw)':-2"];
  const tuning =
    videoEncoder === 'libx264' ? ['-preset', 'veryfast', '-crf', '22', '-bf', '0'] : ['-b:v', '5M'];
  return [
    ...filters,
    ...['-c:v', videoEncoder, ...tuning, '-maxrate', '6M', '-bufsize', '6M', '-pix_fmt', 'yuv420p'],
    ...['-g', '100', '-force_key_frames', KEYFRAME_EVERY],
  ];
}

function audioArguments(track: AudioTrack | null, { audio }: OutputOptions): string[] {
  if (audio === 'copy' && track?.isAac) return ['-c:a', 'copy'];
  // async: holes in the source's sound are filled with silence, so that it stays with the picture
  return ['-af', 'aresample=async=1000', '-c:a', 'aac', '-ac', '2', '-ar', '48000', '-b:a', '160k'];
}
