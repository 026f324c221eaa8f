import type { ServerResponse } from 'node:http';
import { execa } from 'execa';
import {
  decodingTimestamp,
  isRandomAccess,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
} from '../src/stream/mpeg-ts/packets.ts';

const VIDEO_PID = 0x100;
/** Milliseconds between two writes: short compared to a frame, long compared to a timer's precision. */
const TICK = 10;

export interface SourceSpec {
  readonly keyframeSeconds: number;
  readonly megabits: number;
  readonly seconds: number;
  readonly size?: string;
  /** Channels of the sound: 1 by default, which has to be converted; 2 are copied. */
  readonly soundChannels?: 1 | 2;
  /** Of the sound; 128 by default. */
  readonly soundKilobits?: number;
}

/** A recording with the time at which each packet is due. */
export interface Recording {
  readonly bytes: Buffer;
  /** For each packet, the seconds from the start at which it is sent. */
  readonly dueAt: Float64Array;
  /** The numbers of the packets that begin a keyframe. */
  readonly keyframes: readonly number[];
}

/** Times of the source as seen by one join, in performance.now() milliseconds. */
export interface Join {
  /** When its first keyframe began to be sent: no picture can be shown before. */
  firstKeyframe: number | null;
  /** When the keyframe that ends the first whole group of pictures began to be sent: nothing can be ready before. */
  bound: number | null;
}

/** Renders a channel at a constant rate: H.264 and AAC, like most of television over IP. */
export async function record(ffmpegPath: string, spec: SourceSpec): Promise<Recording> {
  const frames = String(spec.keyframeSeconds * 25);
  const rate = `${spec.megabits}M`;
  const { stdout } = await execa(
    ffmpegPath,
    [
      '-loglevel',
      'error',
      '-f',
      'lavfi',
      '-i',
      `testsrc2=s=${spec.size ?? '1280x720'}:r=25`,
      '-f',
      'lavfi',
      '-i',
      'sine=f=440:r=48000',
      '-t',
      String(spec.seconds),
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-b:v',
      rate,
      '-minrate',
      rate,
      '-maxrate',
      rate,
      '-bufsize',
      rate,
      '-x264-params',
      'nal-hrd=cbr',
      '-g',
      frames,
      '-keyint_min',
      frames,
      '-sc_threshold',
      '0',
      '-c:a',
      'aac',
      '-ac',
      String(spec.soundChannels ?? 1),
      '-b:a',
      `${spec.soundKilobits ?? 128}k`,
      '-f',
      'mpegts',
      'pipe:1',
    ],
    { encoding: 'buffer', maxBuffer: 1024 * 1024 * 1024 },
  );
  return index(Buffer.from(stdout));
}

/** Loops a recording in real time, starting `from` seconds in, with the first `burst` seconds at once. */
export function play(recording: Recording, response: ServerResponse, from: number, burst: number): Join {
  const { bytes, dueAt, keyframes } = recording;
  const first = dueAt.findIndex((due) => due >= from);
  const [beginning, ending] = keyframes.filter((packet) => packet >= first);
  const join: Join = { firstKeyframe: null, bound: null };
  let origin = performance.now() / 1000 - from - burst;
  let next = first;
  response.writeHead(200, { 'content-type': 'video/mp2t' });
  const send = (): void => {
    const until = performance.now() / 1000 - origin;
    const start = next;
    while (next < dueAt.length && (dueAt[next] ?? 0) <= until) next++;
    if (next > start) response.write(bytes.subarray(start * PACKET_SIZE, next * PACKET_SIZE));
    if (beginning !== undefined && next > beginning) join.firstKeyframe ??= performance.now();
    if (join.bound === null && ending !== undefined && next > ending) join.bound = performance.now();
    if (next < dueAt.length) return;
    origin += dueAt.at(-1) ?? 0;
    next = 0;
  };
  send();
  const timer = setInterval(send, TICK);
  response.once('close', () => clearInterval(timer));
  return join;
}

/** Packets are due when the frame that they belong to is decoded, spread evenly between two frames. */
function index(bytes: Buffer): Recording {
  const packets = Math.floor(bytes.length / PACKET_SIZE);
  const dueAt = new Float64Array(packets);
  const keyframes: number[] = [];
  let origin: number | null = null;
  let last = { packet: 0, time: 0 };
  for (let packet = 0; packet < packets; packet++) {
    const at = packet * PACKET_SIZE;
    if (!isUnitStart(bytes, at) || pidOf(bytes, at) !== VIDEO_PID) continue;
    const timestamp = decodingTimestamp(bytes, at);
    if (timestamp === null) continue;
    origin ??= timestamp;
    const time = (timestamp - origin) / TICKS_PER_SECOND;
    for (let between = last.packet; between < packet; between++) {
      dueAt[between] = last.time + ((time - last.time) * (between - last.packet)) / (packet - last.packet);
    }
    last = { packet, time };
    if (isRandomAccess(bytes, at)) keyframes.push(packet);
  }
  dueAt.fill(last.time, last.packet);
  return { bytes, dueAt, keyframes };
}
