import type { AudioTrack } from '../../domain/audio-track.ts';
import type { AudioMode, OutputOptions } from '../../domain/encoding.ts';
import { argumentList } from '../../lib/argument-list.ts';
import { type Layout, SOURCE_VIDEO_PID } from '../normaliser/stream-layout.ts';

/** Frames per second of the still that stands in for a radio channel's video. */
const STILL_RATE = 10;
const STILL_COLOUR = '0x10131a';
/** Longest gap in a source, seconds; FFmpeg closes longer ones, so that no segment exceeds its target duration. */
const LONGEST_GAP = 3;
/** Microseconds for which one stream may hold back another, so that the end of the sound does not stop the picture. */
const LONGEST_WAIT = 1_000_000;
/** Seconds of sound in one AAC frame. */
const AAC_FRAME = 1024 / 48_000;
/**
 * Forces a keyframe every two seconds at any frame rate, and every half second in the first minute: segments are short
 * then, because viewers have no reserve yet (cut-policy.ts), and each must begin with a keyframe. Intervals count from
 * the previous keyframe, as segments do, and are slightly shorter to include the frame exactly half a second later.
 */
const KEYFRAME_EVERY =
  'expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+if(lt(n_forced,120),0.499,1.999)))';
/** Filter that fills gaps in the sound with silence, so that it stays in sync with the picture. */
const STEADY = 'aresample=async=1000';

/** The streams that one FFmpeg run turns into the channel. */
export interface RunPlan {
  readonly video: Layout['video'];
  /** The audio track; null for a channel without sound. */
  readonly track: AudioTrack | null;
}

/**
 * Returns FFmpeg's arguments to turn the tuner's output (MPEG-TS on standard input) into MPEG-TS on standard output that
 * every player plays across a channel switch: H.264, then AAC 48 kHz stereo. A source without sound gives no sound in the
 * output either (sound-filler.ts adds it); for a source without video, the sound sets the pace of a still.
 *
 * The arguments never contain the source's address. `-analyzeduration 500000` is the shortest probe that keeps all
 * streams; 0 means the default of 5 s. Each PES packet holds one frame of sound, so that it comes with its picture.
 */
export function remuxArguments({ video, track }: RunPlan, options: OutputOptions): string[] {
  const sound = track ? `0:i:${track.id}` : null;
  return [
    ...argumentList(`-hide_banner -nostats -loglevel warning -dts_delta_threshold ${LONGEST_GAP}`),
    ...argumentList('-fflags +genpts+discardcorrupt -f mpegts -analyzeduration 500000 -i pipe:0'),
    ...(video === null && sound ? stillFor(sound) : ['-map', `0:i:${SOURCE_VIDEO_PID}`]),
    ...(sound ? ['-map', sound] : []),
    ...videoArguments(video, options),
    ...(track ? audioArguments(track, options) : []),
    ...argumentList('-map_metadata -1 -metadata service_name=Live -metadata service_provider=Zapette'),
    ...argumentList(`-max_muxing_queue_size 2048 -max_interleave_delta ${LONGEST_WAIT}`),
    ...argumentList('-flush_packets 1 -pes_payload_size 0 -f mpegts pipe:1'),
  ];
}

/** Two bars in the middle. */
const PAUSE_SIGN = [-52, 16]
  .map((x) => `,drawbox=x=iw/2${x < 0 ? x : `+${x}`}:y=ih/2-60:w=36:h=120:color=white@0.8:t=fill`)
  .join('');

/** Draws a still at the pace of the sound; a separate picture source would run ahead of it. */
function stillFor(sound: string): string[] {
  const still = `showwaves=s=16x16:r=${STILL_RATE},drawbox=color=${STILL_COLOUR}:t=fill,scale=1280:720:flags=neighbor`;
  return ['-filter_complex', `[${sound}]${STEADY},${still}[still]`, '-map', '[still]'];
}

/** Returns FFmpeg's arguments to render the slate: a still with a moving dot, and silence, as MPEG-TS of `seconds`. */
export function slateArguments(
  picture: string,
  seconds: number,
  output: string,
  sign: 'moving dot' | 'pause' = 'moving dot',
): string[] {
  // The loop filter decodes and scales once; `-loop 1` would do so for every frame.
  const still = `scale=1280:720,setsar=1,format=yuv420p${sign === 'pause' ? PAUSE_SIGN : ''},loop=-1:1:0,setpts=N/25/TB`;
  const dot = `overlay=x='(W-w)/2+40*sin(2*PI*t/${seconds}*2)':y='H-h-64'`;
  const filters = sign === 'pause' ? `[0:v]${still}[v]` : `[0:v]${still}[p];[p][1:v]${dot},format=yuv420p[v]`;
  return [
    ...argumentList('-hide_banner -nostats -loglevel warning -y -framerate 25 -i'),
    picture,
    ...argumentList('-f lavfi -i color=c=white:s=14x14:r=25'),
    // The encoder adds one frame of sound at the start, so this makes sound and picture equally long.
    ...argumentList(`-f lavfi -t ${seconds - AAC_FRAME} -i anullsrc=r=48000:cl=stereo`),
    ...argumentList(`-filter_complex ${filters} -map [v] -map 2:a -t ${seconds}`),
    ...argumentList('-c:v libx264 -preset medium -profile:v main -g 50 -keyint_min 50 -sc_threshold 0 -bf 0'),
    ...argumentList('-c:a aac -b:a 64k -pes_payload_size 1024 -f mpegts'),
    output,
  ];
}

function videoArguments(video: RunPlan['video'], { videoEncoder }: OutputOptions): string[] {
  if (video === 'h264') return ['-c:v', 'copy'];
  const filters = video === null ? [] : ['-vf', "yadif=deint=1,scale='min(1920,iw)':-2"];
  // At ten frames per second, the encoder's look-ahead would take seconds.
  const still = video === null ? ['-tune', 'zerolatency'] : [];
  const tuning =
    videoEncoder === 'libx264' ? ['-preset', 'veryfast', ...still, '-crf', '22', '-bf', '0'] : ['-b:v', '5M'];
  return [
    ...filters,
    '-c:v',
    videoEncoder,
    ...tuning,
    ...argumentList('-maxrate 6M -bufsize 6M -pix_fmt yuv420p -g 100 -force_key_frames'),
    KEYFRAME_EVERY,
  ];
}

/** True if a run copies this track without encoding it. */
export function copiesSound({ codec }: AudioTrack, audio: AudioMode): boolean {
  const isPlain = codec === 'aac lc 48000 stereo';
  return (audio !== 'aac' && isPlain) || (audio === 'copy' && codec === 'aac');
}

function audioArguments(track: AudioTrack, { audio }: OutputOptions): string[] {
  if (copiesSound(track, audio)) return ['-c:a', 'copy'];
  return argumentList(`-af ${STEADY} -c:a aac -ac 2 -ar 48000 -b:a 160k`);
}
