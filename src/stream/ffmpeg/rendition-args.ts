import type { VideoEncoder } from '../../domain/encoding.ts';
import { argumentList } from '../../lib/argument-list.ts';

/** The size of every picture of the lower rendition: its box, with bars where the source's shape is another. */
export const RENDITION_SIZE = { width: 960, height: 540 } as const;

/**
 * Fits any source into the box with square pixels. Its size, shape and kind may change at every switch: FFmpeg makes these
 * filters anew then, while the encoder goes on, since what reaches it is always the same.
 */
const FILTERS = [
  'yadif=deint=1',
  `scale=w='2*round(min(${RENDITION_SIZE.width},${RENDITION_SIZE.height}*dar)/2)':h='2*round(min(${RENDITION_SIZE.height},${RENDITION_SIZE.width}/dar)/2)':flags=bilinear`,
  `pad=${RENDITION_SIZE.width}:${RENDITION_SIZE.height}:-1:-1`,
  'setsar=1',
  'format=yuv420p',
].join(',');

/** Hardware encoders that make forced keyframes plain I pictures unless they are told. */
const FORCED_IDR: Partial<Record<VideoEncoder, string>> = {
  h264_nvenc: '-forced-idr 1',
  h264_qsv: '-forced_idr 1',
};

/**
 * Returns FFmpeg's arguments to turn the published transport stream of a screen (on standard input) into the picture of its
 * lower rendition, without sound, as MPEG-TS on standard output. Timestamps stay exactly as they are, and keyframes are where
 * the source has them. Decoding order is display order, so each picture has one timestamp.
 */
export function renditionArguments(videoEncoder: VideoEncoder): string[] {
  return [
    ...argumentList('-hide_banner -nostats -loglevel warning -copyts -threads 2'),
    ...argumentList('-f mpegts -analyzeduration 500000 -correct_ts_overflow 0 -i pipe:0 -map 0:v:0 -an'),
    ...['-vf', FILTERS],
    // The finest time base, so that no timestamp is rounded.
    ...argumentList(`-enc_time_base 1:90000 -c:v ${videoEncoder} -bf 0 -g 250`),
    ...(videoEncoder === 'libx264' ? software : hardware(videoEncoder)),
    ...argumentList('-maxrate 1800k -bufsize 1800k -force_key_frames source_no_drop -map_metadata -1'),
    ...argumentList('-mpegts_copyts 1 -avoid_negative_ts disabled -muxdelay 0.7 -muxpreload 0'),
    ...argumentList('-flush_packets 1 -f mpegts pipe:1'),
  ];
}

/**
 * `force-cfr=0`: sources of 25 and of 50 pictures a second get the same bitrate. Such a stream would claim 90,000 pictures
 * a second, as its time base says: `tick_rate` has it claim 50.
 */
const software = [
  ...argumentList('-preset superfast -tune zerolatency -crf 24 -sc_threshold 0 -threads 2'),
  ...argumentList('-x264-params force-cfr=0:fps=50 -bsf:v h264_metadata=tick_rate=100'),
];

function hardware(videoEncoder: VideoEncoder): string[] {
  return argumentList(['-b:v 1500k', FORCED_IDR[videoEncoder] ?? ''].join(' ').trim());
}
