import { execa } from 'execa';
import { describe, expect, it, type TestContext } from 'vitest';
import { Slots } from '../../../src/accounts/slots.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import {
  decodingTimestamp,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  setPid,
  TICKS_PER_SECOND,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { closeSection, toPackets } from '../../../src/stream/mpeg-ts/psi.ts';
import { sniff } from '../../../src/stream/mpeg-ts/sniff-codec.ts';
import { AudioChoices } from '../../../src/stream/screen/audio-choices.ts';
import { ChannelFeed } from '../../../src/stream/screen/channel-feed.ts';
import { AUDIO_PID, type CutSegment } from '../../../src/stream/segments/segmenter.ts';
import { Tuners } from '../../../src/stream/tuner/tuners.ts';
import { poolOf } from '../../fakes/account-pool.ts';
import { mainId } from '../../fakes/main-id.ts';
import { Origin } from '../../fakes/origin.ts';
import { makeTs, toneOf } from '../../fakes/real-ts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const timeouts = { firstByte: 10_000, silence: 20_000, refusals: 0 };
const PATIENCE = 40_000;

const { path: ffmpegPath } = await findFfmpeg(null);

/** A feed of a channel that a provider sends as one connection. */
interface FedChannel {
  readonly feed: ChannelFeed;
  readonly segments: readonly CutSegment[];
  readonly audioChoices: AudioChoices;
  /** Plays all of this, and gives the segments of each FFmpeg run, in order. */
  readonly play: (...parts: Buffer[]) => Promise<Buffer[]>;
  readonly secondsOf: (run: number) => number;
  /** Seconds of the largest hole in the sound of a run, from the first picture to the last. */
  readonly largestHole: (run: Buffer, index: number) => number;
}

/** Makes a channel that is gone after the test. */
async function makeChannel({ onTestFinished }: TestContext): Promise<FedChannel> {
  const origin = await new Origin().start();
  const { http } = origin;
  const accounts = poolOf({ slots: new Slots(1), http, urlOf: (id) => origin.url(`/${id}`) });
  const tuners = new Tuners(accounts, { clock: systemClock, logger: silentLogger, timeouts });
  const segments: CutSegment[] = [];
  const audioChoices = new AudioChoices(() => []);
  const output = { audio: 'auto', videoEncoder: 'libx264' } as const;
  const feed = new ChannelFeed(
    { channelId: mainId(1), name: 'Channel 1' },
    { tuners, ffmpegPath, output, audioChoices, clock: systemClock, logger: silentLogger },
    {
      onSegment: (segment) => {
        segments.push(segment);
        return true;
      },
      catchesUp: () => false,
    },
  );
  onTestFinished(async () => {
    await feed.stop();
    await tuners.stop();
    await origin.stop();
  });
  const runs = () => [...new Set(segments.map(({ run }) => run))];
  const segmentsOf = (index: number) => segments.filter(({ run }) => run === runs()[index]);
  const secondsOf = (index: number) =>
    segmentsOf(index).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
  return {
    ...{ feed, segments, audioChoices, secondsOf },
    play: async (...parts) => {
      origin.answer((_, response) => {
        response.writeHead(200);
        for (const part of parts) response.write(Buffer.from(part));
        // A loaded machine may need a moment for what it transcodes.
        setTimeout(() => response.end(), 10_000);
      });
      await feed.start(AbortSignal.timeout(PATIENCE));
      await feed.ended;
      const sections = segments.map(({ run }) => runs().indexOf(run));
      expect(sections).toEqual([...sections].sort((one, other) => one - other));
      return runs().map((_, index) => Buffer.concat(segmentsOf(index).map(({ bytes }) => bytes)));
    },
    largestHole: (run, index) => {
      const start = segmentsOf(index)[0]?.start ?? 0;
      const times = [0];
      for (let at = 0; at < run.length; at += PACKET_SIZE) {
        const pts = pidOf(run, at) === AUDIO_PID && isUnitStart(run, at) ? decodingTimestamp(run, at) : null;
        if (pts !== null) times.push((pts - start) / TICKS_PER_SECOND);
      }
      times.push(secondsOf(index));
      return Math.max(...times.slice(1).map((time, at) => time - (times[at] ?? 0)));
    },
  };
}

function findings(run: Buffer): (string | undefined)[] {
  const packets = Array.from({ length: run.length / PACKET_SIZE }, (_, index) => index * PACKET_SIZE);
  return packets.filter((at) => isUnitStart(run, at)).map((at) => sniff(run, at)?.codec);
}

async function framesOf(run: Buffer): Promise<{ frames: number; errors: string }> {
  const { stdout, stderr } = await execa(
    ffmpegPath,
    [
      '-hide_banner',
      '-v',
      'error',
      '-f',
      'mpegts',
      '-i',
      'pipe:0',
      '-map',
      '0:v:0',
      '-f',
      'framecrc',
      'pipe:1',
    ],
    { input: run, timeout: PATIENCE },
  );
  return { frames: stdout.split('\n').filter((line) => line.startsWith('0,')).length, errors: stderr };
}

async function make(...args: string[]): Promise<Buffer> {
  const { stdout } = await execa(
    ffmpegPath,
    ['-hide_banner', '-v', 'error', ...args, '-f', 'mpegts', 'pipe:1'],
    {
      encoding: 'buffer',
      timeout: PATIENCE,
    },
  );
  return Buffer.from(stdout);
}

/** Every packet as `change` has it; null leaves it out. */
function map(ts: Buffer, change: (packet: Buffer, pid: number) => Buffer | null): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0; at < ts.length; at += PACKET_SIZE) {
    const packet = change(Buffer.from(ts.subarray(at, at + PACKET_SIZE)), pidOf(ts, at));
    if (packet) packets.push(packet);
  }
  return Buffer.concat(packets);
}

/** Leaves out what a PID sends between two seconds; the clock that it carries too. */
function without(ts: Buffer, pid: number, from: number, to: number): Buffer {
  let first: number | null = null;
  let now = 0;
  return map(ts, (packet, own) => {
    const timestamp =
      own >= 0x100 && own < 0x200 && isUnitStart(packet, 0) ? decodingTimestamp(packet, 0) : null;
    first ??= timestamp;
    if (timestamp !== null) now = (timestamp - (first ?? 0)) / TICKS_PER_SECOND;
    return own === pid && now >= from && now < to ? null : packet;
  });
}

/** A programme map that names these: type, PID, language. */
function mapPacket(counter: number, version: number, ...streams: [number, number, string?][]): Buffer {
  const entries = streams.flatMap(([type, pid, language]) => {
    const descriptors = language ? [0x0a, 4, ...Buffer.from(language), 0] : [];
    return [type, 0xe0 | (pid >> 8), pid & 0xff, 0xf0, descriptors.length, ...descriptors];
  });
  const section = closeSection([2, 0, 0, 0, 1, 0xc1 | (version << 1), 0, 0, 0xe1, 0, 0xf0, 0, ...entries]);
  return toPackets(0x1000, section, counter & 0x0f);
}

/** At once, since they wait for their channels most of the time. */
describe.concurrent('a channel that changes while it is on air', { timeout: 2 * PATIENCE }, () => {
  it('moves its PIDs without anybody noticing', async (test) => {
    const { play, secondsOf, largestHole } = await makeChannel(test);
    const moved = map(await makeTs({ seconds: 4, start: 4 }), (packet, pid) => {
      if (pid === 0x1000) return mapPacket(packet[3] ?? 0, 1, [0x1b, 0x200], [0x0f, 0x201]);
      if (pid === 0x100 || pid === 0x101) setPid(packet, 0, pid + 0x100);
      return packet;
    });
    const runs = await play(await makeTs({ seconds: 4 }), moved);
    expect(runs).toHaveLength(1);
    const run = runs[0] ?? Buffer.alloc(0);
    expect(secondsOf(0)).toBeGreaterThan(7.5);
    expect(largestHole(run, 0)).toBeLessThan(0.3);
    const { frames, errors } = await framesOf(run);
    expect(frames).toBeGreaterThan(190);
    expect(errors).toBe('');
  });

  it('gets another FFmpeg where its codec changes, which goes on from there, after all of the one before', async (test) => {
    const { play, secondsOf, largestHole, segments } = await makeChannel(test);
    const other = await make(
      ...['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25', '-f', 'lavfi', '-i', 'sine=r=48000', '-t', '4'],
      ...['-c:v', 'mpeg2video', '-g', '25', '-c:a', 'mp2', '-output_ts_offset', '4'],
    );
    const runs = await play(await makeTs({ seconds: 4 }), other);
    expect(runs).toHaveLength(2);
    let all = 0;
    for (const [index, run] of runs.entries()) {
      expect(largestHole(run, index)).toBeLessThan(0.3);
      const { frames, errors } = await framesOf(run);
      all += frames;
      expect(errors).toBe('');
    }
    const transcoded = segments.filter(({ run }) => run !== segments[0]?.run);
    expect(transcoded.every(({ independent }) => independent)).toBe(true);
    expect(secondsOf(0)).toBeGreaterThan(3.5);
    expect(all).toBeGreaterThan(170);
  });

  it('has sound of one kind all the time where it changes from sound that is copied to sound that is not', async (test) => {
    const { play, secondsOf, largestHole } = await makeChannel(test);
    const mono = await make(
      ...['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25', '-f', 'lavfi', '-i', 'sine=r=44100:f=1000', '-t', '4'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-bf', '0', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-ac', '1', '-output_ts_offset', '4'],
    );
    const runs = await play(await makeTs({ seconds: 4 }), mono);
    expect(runs).toHaveLength(2);
    const [first = mono, second = mono] = runs;
    expect(await toneOf(second)).toBeCloseTo(1_000, -1);
    for (const [index, run] of runs.entries()) {
      expect(largestHole(run, index)).toBeLessThan(0.3);
      const sounds = findings(run).filter((codec) => codec?.startsWith('aac'));
      expect(new Set(sounds)).toEqual(new Set(['aac lc 48000 stereo']));
    }
    expect(first.length).toBeGreaterThan(0);
    expect(secondsOf(0) + secondsOf(1)).toBeGreaterThan(7.5);
  });

  it('is heard by its first track again where it loses the one that was chosen', async (test) => {
    const { play, largestHole, audioChoices, feed } = await makeChannel(test);
    const tracks = [
      { tone: 440, language: 'fra' },
      { tone: 1_000, language: 'eng' },
    ];
    const then = map(await makeTs({ seconds: 4, start: 4, tracks }), (packet, pid) => {
      if (pid === 0x1000) return mapPacket(packet[3] ?? 0, 1, [0x1b, 0x100], [0x0f, 0x101, 'fra']);
      return pid === 0x102 ? null : packet;
    });
    audioChoices.choose(mainId(1), 0x102);
    const runs = await play(await makeTs({ seconds: 4, tracks }), then);
    expect(runs).toHaveLength(2);
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = runs;
    expect(await toneOf(first)).toBeCloseTo(1_000, -1);
    expect(await toneOf(second)).toBeCloseTo(440, -1);
    expect(largestHole(second, 1)).toBeLessThan(0.3);
    expect(feed.sound).toMatchObject({ tracks: [{ id: 0x101 }], track: { id: 0x101 } });
  });

  it('has silence while its sound is away', async (test) => {
    const { play, secondsOf, largestHole } = await makeChannel(test);
    const runs = await play(without(await makeTs({ seconds: 12 }), 0x101, 3, 8));
    expect(runs).toHaveLength(2);
    expect(secondsOf(0) + secondsOf(1)).toBeGreaterThan(11.5);
    for (const [index, run] of runs.entries()) expect(largestHole(run, index)).toBeLessThan(0.3);
    expect(await toneOf(runs[1] ?? Buffer.alloc(0))).toBeCloseTo(440, -1);
  });

  it('shows a still while its picture is away', async (test) => {
    const { play, secondsOf, largestHole } = await makeChannel(test);
    const runs = await play(without(await makeTs({ seconds: 15 }), 0x100, 3, 10));
    expect(runs).toHaveLength(3);
    const still = runs[1] ?? Buffer.alloc(0);
    expect(secondsOf(1)).toBeGreaterThan(3.5);
    expect(largestHole(still, 1)).toBeLessThan(0.3);
    expect(await toneOf(still)).toBeCloseTo(440, -1);
    expect(secondsOf(2)).toBeGreaterThan(3.5);
    expect((await framesOf(runs[2] ?? still)).errors).toBe('');
  });

  it('is transcoded where it has only pictures that cannot be copied', async (test) => {
    const { play, secondsOf } = await makeChannel(test);
    const open = await make(
      ...['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25', '-t', '11', '-c:v', 'libx264', '-preset', 'ultrafast'],
      ...['-x264-params', 'keyint=25:min-keyint=25:open-gop=1:bframes=2:scenecut=0', '-pix_fmt', 'yuv420p'],
    );
    const { stdout } = await execa(
      ffmpegPath,
      [
        ...[
          '-v',
          'error',
          '-f',
          'mpegts',
          '-i',
          'pipe:0',
          '-c',
          'copy',
          '-bsf:v',
          'filter_units=remove_types=6',
        ],
        ...['-f', 'mpegts', 'pipe:1'],
      ],
      { input: open, encoding: 'buffer', timeout: PATIENCE },
    );
    // Without the first second, and so without the only IDR picture.
    const bytes = Buffer.from(stdout);
    const from = Math.floor((bytes.length * 1.5) / 11 / PACKET_SIZE) * PACKET_SIZE;
    const [run = Buffer.alloc(0)] = await play(bytes.subarray(from));
    expect(secondsOf(0)).toBeGreaterThan(3);
    expect((await framesOf(run)).errors).toBe('');
  });

  it('is shown with silence where nobody can decode its sound', async (test) => {
    const { play, secondsOf, largestHole } = await makeChannel(test);
    const bytes = map(await makeTs({ seconds: 14 }), (packet, pid) => {
      if (pid === 0x101 && (packet[1] ?? 0) & 0x40) packet.fill(0x55, 40);
      else if (pid === 0x101) packet.fill(0x55, 12);
      return packet;
    });
    const runs = await play(bytes);
    const last = runs.length - 1;
    expect(secondsOf(last)).toBeGreaterThan(1);
    expect(largestHole(runs[last] ?? Buffer.alloc(0), last)).toBeLessThan(0.3);
  });
});
