import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownedCopy } from '../../../src/lib/owned-bytes.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import {
  decodingTimestamp,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { AUDIO_PID, VIDEO_PID } from '../../../src/stream/segments/segmenter.ts';
import { SoundFiller } from '../../../src/stream/segments/sound-filler.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { pat, pes, pmt } from '../../fakes/ts-packets.ts';

const FRAME = 1_920;

interface Heard {
  /** Seconds. */
  readonly pts: number;
  readonly isSilence: boolean;
}

/** Pictures 25 times a second from `from` on, with the sound that `hears` says, as FFmpeg's muxer puts them. */
function play(seconds: number, hears: (second: number) => boolean, late = 0): Buffer[] {
  const packets: Buffer[] = [pat(), pmt([{ type: 0x1b }])];
  for (let frame = 0; frame < seconds * 25; frame++) {
    packets.push(pes({ pid: VIDEO_PID, pts: 9_000 + frame * 3_600, keyframe: frame % 25 === 0 }));
    const until = (frame + 1) / 25;
    for (let at = Math.ceil(((frame / 25) * 90_000) / FRAME); (at * FRAME) / 90_000 < until; at++) {
      const pts = 9_000 + at * FRAME - late * 90_000;
      if (hears((at * FRAME) / 90_000)) packets.push(pes({ pid: AUDIO_PID, pts, streamId: 0xc0 }));
    }
  }
  return packets;
}

function keep(packets: readonly Buffer[], size = 1_000): { heard: Heard[]; order: number[]; bytes: Buffer } {
  const keeper = new SoundFiller();
  const all = Buffer.concat(packets);
  const out: Buffer[] = [];
  for (let at = 0; at < all.length; at += size) out.push(...copiesOf(keeper, all.subarray(at, at + size)));
  const bytes = Buffer.concat([...out, ...keeper.end()]);
  const heard: Heard[] = [];
  const order: number[] = [];
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) {
    order.push(pidOf(bytes, at));
    const pts = isUnitStart(bytes, at) ? decodingTimestamp(bytes, at) : null;
    if (pidOf(bytes, at) !== AUDIO_PID || pts === null) continue;
    // A packet of silence holds frames of 16 bytes.
    const end = bytes.subarray(at + PACKET_SIZE - 16, at + PACKET_SIZE);
    const isSilence = end[0] === 0xff && end[1] === 0xf1;
    const frames = isSilence
      ? bytes
          .subarray(at, at + PACKET_SIZE)
          .toString('hex')
          .split('fff14c80').length - 1
      : 1;
    for (let frame = 0; frame < frames; frame++)
      heard.push({ pts: (pts + frame * FRAME - 9_000) / TICKS_PER_SECOND, isSilence });
  }
  return { heard, order, bytes };
}

/** What the filler makes of a chunk, whose memory is overwritten afterwards as a freed chunk's may be. */
function copiesOf(filler: SoundFiller, part: Buffer): Buffer[] {
  const chunk = ownedCopy(part);
  const copies = filler.take(chunk).map((packets) => Buffer.from(packets));
  chunk.fill(0);
  return copies;
}

/** Seconds of the largest hole, the beginning and the end of the picture included. */
function largestHole(heard: readonly Heard[], seconds: number): number {
  const times = [0, ...heard.map(({ pts }) => pts), seconds];
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

const silenceOf = (heard: readonly Heard[]) => heard.filter(({ isSilence }) => isSilence);

describe('SoundFiller', () => {
  it('passes on sound without a change', () => {
    const { heard } = keep(play(3, () => true));
    expect(silenceOf(heard)).toEqual([]);
    expect(largestHole(heard, 3)).toBeLessThan(0.05);
  });

  it.each<[string, (second: number) => boolean]>([
    ['never comes', () => false],
    ['ends', (second) => second < 2],
    ['begins late', (second) => second > 3],
    ['ends and comes back', (second) => second < 2 || second > 5],
    ['has small holes', (second) => second % 0.5 < 0.3],
  ])('fills with silence, without a hole and in order, if sound %s', (_, hears) => {
    const { heard } = keep(play(7, hears));
    expect(largestHole(heard, 7)).toBeLessThan(0.1);
    const times = heard.map(({ pts }) => pts);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    for (const { pts, isSilence } of heard) if (!isSilence) expect(hears(pts)).toBe(true);
    const real = heard.filter(({ isSilence }) => !isSilence).length;
    const expected = Array.from({ length: 7 * 47 }, (_, at) => hears((at * FRAME) / 90_000)).filter(
      Boolean,
    ).length;
    expect(real).toBeGreaterThanOrEqual(expected * 0.95);
  });

  it('adds silence before the picture is far ahead', () => {
    const { order } = keep(play(4, () => false));
    const gaps = order
      .join(' ')
      .split(String(AUDIO_PID))
      .map((part) => part.split(String(VIDEO_PID)).length - 1);
    expect(Math.max(...gaps) / 25).toBeLessThan(0.4);
  });

  it('leaves out sound that FFmpeg makes up later for a filled hole', () => {
    const packets = play(4, (second) => second < 1 || second > 3);
    const back = packets.findIndex((packet, index) => index > 60 && pidOf(packet, 0) === AUDIO_PID);
    const madeUp = Array.from({ length: 94 }, (_, at) =>
      pes({ pid: AUDIO_PID, pts: 9_000 + 90_000 + at * FRAME, streamId: 0xc0 }),
    );
    const { heard } = keep([...packets.slice(0, back), ...madeUp, ...packets.slice(back)]);
    const times = heard.map(({ pts }) => pts);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(silenceOf(heard.filter(({ pts }) => pts > 3.1))).toEqual([]);
  });

  it('waits for sound that always comes late', () => {
    const { heard } = keep(play(12, () => true, 1));
    expect(silenceOf(heard.filter(({ pts }) => pts > 6 && pts < 10.5))).toEqual([]);
  });

  it.each([1, 100, 188, 1_316])('gives the same packets with chunks of %i bytes', (size) => {
    const packets = play(1.5, (second) => second < 0.5);
    expect(keep(packets, size).bytes.equals(keep(packets).bytes)).toBe(true);
  });

  it('throws at bytes that are no transport stream', () => {
    expect(() => new SoundFiller().take(ownedCopy(Buffer.alloc(400, 1)))).toThrow('not MPEG-TS');
  });
});

describe('the silence as FFmpeg decodes it', () => {
  let silent: Buffer;
  beforeAll(async () => {
    const ts = await makeTs({ seconds: 2 });
    const pictures: Buffer[] = [];
    for (let at = 0; at < ts.length; at += PACKET_SIZE)
      if (pidOf(ts, at) !== AUDIO_PID) pictures.push(ts.subarray(at, at + PACKET_SIZE));
    silent = keep(pictures).bytes;
  });

  it('is silent stereo, without an error', async () => {
    const { path } = await findFfmpeg(null);
    const { stderr } = await execa(
      path,
      [
        '-hide_banner',
        '-v',
        'info',
        '-f',
        'mpegts',
        '-i',
        'pipe:0',
        '-map',
        '0:a:0',
        '-af',
        'volumedetect',
        '-f',
        'null',
        '-',
      ],
      { input: silent, timeout: 20_000 },
    );
    expect(stderr).toMatch(/Audio: aac.*48000 Hz, stereo/);
    expect(stderr).toContain('mean_volume: -91.0 dB');
    expect(stderr).not.toMatch(/error|invalid/i);
  });
});
