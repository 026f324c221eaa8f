import { execa } from 'execa';
import {
  decodingTimestamp,
  isRandomAccess,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  programClock,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../../src/stream/mpeg-ts/packets.ts';
import { AUDIO_PID, VIDEO_PID } from '../../src/stream/segments/segmenter.ts';

/** The length is a whole number of AAC frames and of pictures, so that the loop has no gap. */
const SECONDS = 8;
export const CLIP_TICKS = SECONDS * TICKS_PER_SECOND;
export const PICTURES_PER_SECOND = 25;

/** The kinds of clips that chaos channels loop. All have the same length, keyframe times and PIDs. */
export const looks = ['usual', 'black', 'mpeg2'] as const;
export type Look = (typeof looks)[number];

/** One packet of a clip with its sending time, in ticks from the clip's start. */
export interface ClipPacket {
  readonly bytes: Buffer;
  readonly at: number;
  readonly pid: number;
  /** Whether a keyframe begins with the packet. */
  readonly isKeyframe: boolean;
}

export interface Clip {
  /** The packets in sending order, without PAT and PMT. Timestamps begin at `start`. */
  readonly packets: readonly ClipPacket[];
  /** The stream type of the video. */
  readonly videoType: number;
}

const encoders: Readonly<Record<Look, readonly string[]>> = {
  usual: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-b:v', '600k'],
  black: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'],
  mpeg2: ['-c:v', 'mpeg2video', '-b:v', '800k', '-bf', '0'],
};

/** Renders one short clip, which any number of channels loop without encoding. */
export async function renderClip(ffmpegPath: string, look: Look): Promise<Clip> {
  const picture = look === 'black' ? 'color=c=black:' : 'testsrc2=';
  const { stdout } = await execa(
    ffmpegPath,
    [
      '-hide_banner',
      '-loglevel',
      'error',
      '-f',
      'lavfi',
      '-i',
      `${picture}size=320x180:rate=${PICTURES_PER_SECOND}:duration=${SECONDS}`,
      '-f',
      'lavfi',
      '-i',
      `sine=frequency=440:sample_rate=48000:duration=${SECONDS}`,
      ...encoders[look],
      '-g',
      String(PICTURES_PER_SECOND),
      '-keyint_min',
      String(PICTURES_PER_SECOND),
      '-sc_threshold',
      '0',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-ac',
      '2',
      '-b:a',
      '64k',
      '-muxdelay',
      '0',
      '-muxpreload',
      '0',
      '-pes_payload_size',
      '0',
      '-f',
      'mpegts',
      'pipe:1',
    ],
    { encoding: 'buffer', timeout: 30_000 },
  );
  return { packets: clipPackets(Buffer.from(stdout)), videoType: look === 'mpeg2' ? 0x02 : 0x1b };
}

/** Leaves out PAT and PMT, and sound beyond the loop's end. */
function clipPackets(ts: Buffer): ClipPacket[] {
  const packets: ClipPacket[] = [];
  let firstClock: number | null = null;
  let firstSound: number | null = null;
  let at = 0;
  let isBeyond = false;
  for (let offset = 0; offset + PACKET_SIZE <= ts.length; offset += PACKET_SIZE) {
    const pid = pidOf(ts, offset);
    if (pid !== VIDEO_PID && pid !== AUDIO_PID) continue;
    const clock = programClock(ts, offset);
    if (clock !== null) {
      firstClock ??= clock;
      at = ticksBetween(firstClock, clock);
    }
    const timestamp = isUnitStart(ts, offset) ? decodingTimestamp(ts, offset) : null;
    if (pid === AUDIO_PID && timestamp !== null) {
      firstSound ??= timestamp;
      isBeyond = ticksBetween(firstSound, timestamp) >= CLIP_TICKS;
    }
    if (pid === AUDIO_PID && isBeyond) continue;
    const isKeyframe = pid === VIDEO_PID && isRandomAccess(ts, offset);
    packets.push({ bytes: ts.subarray(offset, offset + PACKET_SIZE), at, pid, isKeyframe });
  }
  return packets;
}
